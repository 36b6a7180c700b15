import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { Location, Locations, Placed } from '../semantics/resources/locations.ts'
import { fromUtf8, utf8 } from '../store/bytes.ts'
import { defaultLocationKey } from '../store/keys.ts'
import type { Context } from './context.ts'

/** The places there are, which the server's options say, and the one that is the default, which is kept. */
export class LocationCatalog {
  readonly #context: Context
  #chosen: string | undefined

  constructor(context: Context) {
    this.#context = context
  }

  async load(): Promise<void> {
    const chosen = await this.#context.store.get(defaultLocationKey)
    if (chosen !== undefined) this.#chosen = fromUtf8(chosen)
  }

  list(): Locations {
    return this.#context.options.locations
  }

  default(): Location {
    return this.#context.rules.defaultLocation(this.list(), this.#chosen)
  }

  /** For basins that are created from now on (CP-LOC-007); seen once it is durable. */
  async setDefault(name: string): Promise<Location | Refusal> {
    const location = this.#context.rules.findLocation(this.list(), name)
    if (isRefusal(location)) return location
    await this.#context.store.commit([{ type: 'put', key: defaultLocationKey, value: utf8(name) }])
    this.#chosen = name
    return location
  }

  /** Where a basin is, or goes, that is asked to be in this place, or in none that is named. */
  placeOf(existing: Placed | undefined, asked: string | undefined): Placed | Refusal {
    const { rules } = this.#context
    const { placesBasins } = rules.flavor
    return rules.placeOf(existing, asked, { locations: this.list(), chosen: this.#chosen, placesBasins })
  }
}
