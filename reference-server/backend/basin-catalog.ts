import type { BasinConfig } from '../semantics/config.ts'
import type { BasinConfigPatch } from '../semantics/config-patch.ts'
import type { ListRequest, Page } from '../semantics/listing.ts'
import type { BasinName } from '../semantics/names.ts'
import { configKey, deletionPending } from '../semantics/provision.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import { basinKey, basinsRange } from '../store/keys.ts'
import { decodeBasin, encodeBasin, type StoredBasin } from '../store/stored-basin.ts'
import type { BasinInfo, Provisioned } from './backend.ts'
import type { Context } from './context.ts'
import { creationKey, existing } from './creation.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import type { LocationCatalog } from './location-catalog.ts'
import { basinNotFound } from './refusals.ts'
import { onceDurable } from './storage-refusal.ts'

/** A basin as it stands in memory. */
interface KnownBasin {
  /** As last made durable. */
  readonly stored: StoredBasin
  /** Set from the moment a DELETE is decided; resolves once it may be told. */
  readonly deletion: Promise<void> | undefined
}

/**
 * All basins, loaded when the server starts. Changes to one basin happen one at a time, and are seen by others once
 * durable, except that a deletion shuts the basin for new streams at once: what was let in before has its commit before
 * the deletion's.
 */
export class BasinCatalog {
  readonly #context: Context
  readonly #locations: LocationCatalog
  readonly #lock: KeyedMutex = new KeyedMutex()
  readonly #basins: Map<BasinName, KnownBasin> = new Map()
  /** The names of these, and of those that are being made. */
  readonly #taken: Set<BasinName> = new Set()

  constructor(context: Context, locations: LocationCatalog) {
    this.#context = context
    this.#locations = locations
  }

  /** Fills the catalogue; returns the basins whose deletion is to be resumed. */
  async load(): Promise<readonly BasinName[]> {
    const deleting: BasinName[] = []
    for await (const { value } of this.#context.store.range(basinsRange)) {
      const stored = decodeBasin(value)
      const deletion = stored.deletedAt === undefined ? undefined : Promise.resolve()
      this.#basins.set(stored.name, { stored, deletion })
      this.#taken.add(stored.name)
      if (deletion !== undefined) deleting.push(stored.name)
    }
    return deleting
  }

  /** Refused while the basin is being set up, however it was made (CP-BAS-045). */
  setup(name: BasinName): Refusal | undefined {
    const basin = this.#basins.get(name)
    const { clock, rules } = this.#context
    return basin && rules.checkBasinSetup(basin.stored.createdAt, clock.now(), rules.flavor.limits)
  }

  /** As it is shown to clients: on some servers not while the basin is being deleted (CP-BAS-062). */
  async shownConfig(name: BasinName): Promise<BasinConfig | Refusal> {
    const basin = this.#basins.get(name)
    if (basin?.deletion === undefined || this.#context.rules.flavor.showsDeletingBasin)
      return this.config(name)
    return await onceDurable(basin.deletion, deletionPending('basin'))
  }

  names(): Iterable<BasinName> {
    return this.#basins.keys()
  }

  config(name: BasinName): BasinConfig | Refusal {
    return this.#basins.get(name)?.stored.config ?? basinNotFound()
  }

  /** Whether streams may be made and changed here: the basin's config, or the refusal (CP-BAS-084). */
  open(name: BasinName): { readonly config: BasinConfig } | { readonly refused: Promise<Refusal> } {
    const basin = this.#basins.get(name)
    if (basin === undefined) return { refused: Promise.resolve(basinNotFound()) }
    if (basin.deletion === undefined) return { config: basin.stored.config }
    return { refused: onceDurable(basin.deletion, deletionPending('basin')) }
  }

  list(request: ListRequest): Page<BasinInfo> {
    // Basin names are ASCII, so JavaScript's order is byte order.
    const names = [...this.#basins.values()].map(({ stored }) => basinInfo(stored))
    names.sort((a, b) => (a.name < b.name ? -1 : 1))
    return this.#context.rules.page(names, request)
  }

  async create(
    name: BasinName,
    config: BasinConfig,
    requestToken: string | undefined,
    location?: string,
  ): Promise<Provisioned<BasinInfo> | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamConfig(config.defaultStreamConfig, rules.flavor)
    if (invalid !== undefined) return invalid
    const placed = this.#locations.placeFor(location)
    if (isRefusal(placed)) return placed
    return await this.#lock.run(name, async () => {
      const stored = this.#basins.get(name)?.stored
      const key = creationKey(requestToken, config)
      const decision = rules.decideCreate('basin', existing(stored), key)
      if (typeof decision === 'object') return decision
      if (decision === 'noop' && stored !== undefined) return { result: decision, info: basinInfo(stored) }
      const info = await this.#add(name, config, key, placed.place)
      return isRefusal(info) ? info : { result: 'created', info }
    })
  }

  async ensure(
    name: BasinName,
    config: BasinConfig,
    location?: string,
  ): Promise<Provisioned<BasinInfo> | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamConfig(config.defaultStreamConfig, rules.flavor)
    if (invalid !== undefined) return invalid
    const placed = this.#locations.placeFor(location)
    if (isRefusal(placed)) return placed
    return await this.#lock.run(name, async () => {
      const stored = this.#basins.get(name)?.stored
      const decision = rules.decideEnsure('basin', existing(stored), configKey(config))
      if (typeof decision === 'object') return decision
      if (stored === undefined) {
        const info = await this.#add(name, config, undefined, placed.place)
        return isRefusal(info) ? info : { result: 'created', info }
      }
      const moved = rules.checkPlace(stored.location, location && placed.place)
      if (moved !== undefined) return moved
      if (decision === 'updated') await this.#save({ ...stored, config })
      return { result: decision, info: basinInfo(stored) }
    })
  }

  async reconfigure(name: BasinName, patch: BasinConfigPatch): Promise<BasinConfig | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamPatch(patch.defaultStreamConfig, rules.flavor)
    if (invalid !== undefined) return invalid
    return await this.#lock.run(name, async () => {
      const basin = this.#basins.get(name)
      if (basin === undefined) return basinNotFound()
      if (basin.deletion !== undefined) return deletionPending('basin')
      const config = rules.patchBasin(basin.stored.config, patch)
      await this.#save({ ...basin.stored, config })
      return config
    })
  }

  /** Marks the basin as being deleted. `begun` is false when it was before (CP-BAS-082). */
  async beginDeletion(name: BasinName): Promise<{ readonly begun: boolean } | Refusal> {
    return await this.#lock.run(name, async () => {
      const basin = this.#basins.get(name)
      if (basin === undefined) return basinNotFound()
      if (basin.deletion !== undefined) {
        await basin.deletion
        return { begun: false }
      }
      const stored = { ...basin.stored, deletedAt: this.#context.clock.now() }
      const deletion = this.#commit(stored)
      this.#basins.set(name, { stored: basin.stored, deletion })
      await deletion
      this.#basins.set(name, { stored, deletion })
      return { begun: true }
    })
  }

  /** The end of a deletion: the name is free. */
  async remove(name: BasinName): Promise<void> {
    await this.#lock.run(name, async () => {
      await this.#context.store.commit([{ type: 'del', key: basinKey(name) }])
      this.#basins.delete(name)
      this.#taken.delete(name)
    })
  }

  async #add(
    name: BasinName,
    config: BasinConfig,
    key: StoredBasin['creationKey'],
    location: string | undefined,
  ): Promise<BasinInfo | Refusal> {
    const { clock, rules } = this.#context
    const refusal = rules.checkBasinQuota(this.#taken.size, rules.flavor.limits)
    if (refusal !== undefined) return refusal
    this.#taken.add(name)
    const createdAt = clock.now()
    const stored = { name, createdAt, deletedAt: undefined, location, config, creationKey: key }
    await this.#save(stored)
    return basinInfo(stored)
  }

  async #save(stored: StoredBasin): Promise<void> {
    await this.#commit(stored)
    this.#basins.set(stored.name, { stored, deletion: undefined })
  }

  #commit(stored: StoredBasin): Promise<void> {
    const value = encodeBasin(stored)
    return this.#context.store.commit([{ type: 'put', key: basinKey(stored.name), value }])
  }
}

const basinInfo = ({ name, createdAt, deletedAt, location }: StoredBasin): BasinInfo => ({
  name,
  createdAt,
  deletedAt,
  location,
})
