import type { ListRequest, Page } from '../semantics/access/listing.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { BasinConfig } from '../semantics/resources/config.ts'
import type { BasinConfigPatch } from '../semantics/resources/config-patch.ts'
import {
  type BasinOperation,
  deletedAt,
  type FoundBasin,
  type StreamOperation,
} from '../semantics/resources/existence.ts'
import type { BasinName } from '../semantics/resources/names.ts'
import { basinKey, basinsRange } from '../store/keys.ts'
import { decodeBasin, encodeBasin, type StoredBasin } from '../store/stored-basin.ts'
import type { BasinInfo, Provisioned } from './backend.ts'
import type { Context } from './context.ts'
import { refusedBy, requirePresent } from './judged.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import type { LocationCatalog } from './location-catalog.ts'

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

  /** Refused while the basin is being set up, however it was made, if it waits for that (CP-BAS-045). */
  checkSetup(operation: BasinOperation | StreamOperation, name: BasinName): Refusal | undefined {
    const basin = this.#basins.get(name)
    const { clock, rules } = this.#context
    if (basin === undefined || !rules.waitsForSetup(operation)) return undefined
    return rules.checkBasinSetup(basin.stored.createdAt, clock.now(), rules.flavor.limits)
  }

  names(): Iterable<BasinName> {
    return this.#basins.keys()
  }

  /** The basin as the rules look at it, with the deletion that a refusal may have to wait for. */
  find(name: BasinName): (FoundBasin & Pick<KnownBasin, 'deletion'>) | undefined {
    const basin = this.#basins.get(name)
    if (basin === undefined) return undefined
    const { stored, deletion } = basin
    return { deleting: deletion !== undefined, config: stored.config, deletion }
  }

  async config(name: BasinName): Promise<BasinConfig | Refusal> {
    return (await this.#refused('get-basin-config', name)) ?? this.configOf(name)
  }

  /** Whether streams of it may be listed. */
  async checkListing(name: BasinName): Promise<Refusal | undefined> {
    return await this.#refused('list-streams', name)
  }

  /** Of a basin that the rules go on with. */
  configOf(name: BasinName): BasinConfig {
    return requirePresent(this.#basins.get(name)).stored.config
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
    return await this.#lock.run(name, async () => {
      const refused = this.#refused('create-basin', name)
      if (refused !== undefined) return await refused
      const key = rules.creationKey(requestToken, config)
      const basin = this.#basins.get(name)
      if (basin === undefined) return await this.#add(name, config, key, location)
      const result = rules.decideCreate('basin', basin.stored.creationKey, key)
      return result === 'noop' ? { result, info: basinInfo(basin.stored) } : result
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
    return await this.#lock.run(name, async () => {
      const refused = this.#refused('ensure-basin', name)
      if (refused !== undefined) return await refused
      const stored = this.#basins.get(name)?.stored
      if (stored === undefined) return await this.#add(name, config, undefined, location)
      const placed = this.#locations.placeOf({ place: stored.location }, location)
      if (isRefusal(placed)) return placed
      const result = rules.decideEnsureBasin(stored.config, config)
      if (result === 'updated') await this.#save({ ...stored, config })
      return { result, info: basinInfo(stored) }
    })
  }

  async reconfigure(name: BasinName, patch: BasinConfigPatch): Promise<BasinConfig | Refusal> {
    const { rules } = this.#context
    const invalid = rules.checkStreamPatch(patch.defaultStreamConfig, rules.flavor)
    if (invalid !== undefined) return invalid
    return await this.#lock.run(name, async () => {
      const refused = this.#refused('reconfigure-basin', name)
      if (refused !== undefined) return await refused
      const { stored } = requirePresent(this.#basins.get(name))
      const config = rules.patchBasin(stored.config, patch)
      await this.#save({ ...stored, config })
      return config
    })
  }

  /** Marks the basin as being deleted. `begun` is false when it was before (CP-BAS-082). */
  async beginDeletion(name: BasinName): Promise<{ readonly begun: boolean } | Refusal> {
    return await this.#lock.run(name, async () => {
      const refused = this.#refused('delete-basin', name)
      if (refused !== undefined) return await refused
      const basin = requirePresent(this.#basins.get(name))
      if (basin.deletion !== undefined) {
        await basin.deletion
        return { begun: false }
      }
      const stored = {
        ...basin.stored,
        deletedAt: deletedAt(basin.stored.createdAt, this.#context.clock.now()),
      }
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

  /** Why this may not be done to the basin as it is now. */
  #refused(operation: BasinOperation, name: BasinName): Promise<Refusal> | undefined {
    const { rules } = this.#context
    const basin = this.find(name)
    return refusedBy(rules.judgeBasin(operation, basin, rules.flavor), { basin: basin?.deletion })
  }

  async #add(
    name: BasinName,
    config: BasinConfig,
    key: StoredBasin['creationKey'],
    asked: string | undefined,
  ): Promise<Provisioned<BasinInfo> | Refusal> {
    const { clock, rules } = this.#context
    const placed = this.#locations.placeOf(undefined, asked)
    if (isRefusal(placed)) return placed
    const refusal = rules.checkBasinQuota(this.#taken.size, rules.flavor.limits)
    if (refusal !== undefined) return refusal
    this.#taken.add(name)
    const createdAt = clock.now()
    const location = placed.place
    const stored = { name, createdAt, deletedAt: undefined, location, config, creationKey: key }
    await this.#save(stored)
    return { result: 'created', info: basinInfo(stored) }
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
