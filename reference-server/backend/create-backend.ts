import type { Random } from '../../kit/random.ts'
import { Drain } from '../drain.ts'
import { type Clock, type NewSecret, systemSecret } from '../environment.ts'
import type { Rules } from '../semantics/rules.ts'
import type { Store } from '../store/store.ts'
import type { StoreError } from '../store/store-error.ts'
import { AccessTokenCatalog } from './access-token-catalog.ts'
import { Alarm } from './alarm.ts'
import { applyResources } from './apply-resources.ts'
import type { Activity, Backend } from './backend.ts'
import { Background } from './background.ts'
import { BasinCatalog } from './basin-catalog.ts'
import { behindSetup } from './basin-setup.ts'
import type { Context } from './context.ts'
import { Damage } from './damage.ts'
import { DataPlane } from './data-plane.ts'
import { Deletion } from './deletion.ts'
import { LocationCatalog } from './location-catalog.ts'
import { Metrics } from './metrics.ts'
import { type BackendOptions, DEFAULT_OPTIONS } from './options.ts'
import { RecentMemory } from './recent-batches.ts'
import type { Resources } from './resources.ts'
import { resume } from './resume.ts'
import { servedTo } from './served.ts'
import { storageRefusal } from './storage-refusal.ts'
import { StreamCatalog } from './stream-catalog.ts'
import { StreamDirectory } from './stream-directory.ts'
import { Sweep } from './sweep.ts'
import { Usage } from './usage.ts'

export interface BackendParts {
  readonly rules: Rules
  /** Open; the backend closes it. */
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly newSecret?: NewSecret
  readonly options?: Partial<BackendOptions>
  /** What shall be there before anybody can ask for it (CP-LITE-005). */
  readonly init?: Resources | undefined
  /** Called with mistakes of the backend's own in the background, after which it is not healthy; by default dropped. */
  readonly report?: (error: unknown) => void
  /** Called once for each damage that is found in the stored data, after which it is not healthy; by default dropped. */
  readonly onDamage?: (finding: StoreError) => void
}

/**
 * A backend on what the store holds; trims and deletions that a stop or crash cut short go on. Rejects with `StoreError`
 * if the store cannot be read, and with `InitError`, having closed the store, if what shall be there cannot be. `openRead`'s iteration aside, its operations answer a failed store with the refusal
 * `storage`.
 */
export async function createBackend(parts: BackendParts): Promise<Backend> {
  const context = contextOf(parts)
  const { background, damage, drain, usage } = context
  const locations = new LocationCatalog(context)
  const basins = new BasinCatalog(context, locations)
  const directory = new StreamDirectory(context)
  const streams = new StreamCatalog(context, basins, directory)
  const deletion = new Deletion(context, basins, streams, directory)
  const data = new DataPlane(context, streams, directory)
  const tokens = new AccessTokenCatalog(context, parts.newSecret ?? systemSecret)
  const metrics = new Metrics(context, basins, directory)
  await streams.load()
  await tokens.load()
  await locations.load()
  const unfinished = await basins.load()
  await resume(context, directory, deletion, unfinished)
  await new Sweep(context, directory, deletion).start()

  const { store, rules } = parts
  const { refusal } = damage
  const backend: Backend = {
    listBasins: async (request) => basins.list(request),
    createBasin: (name, config, token, location) =>
      basins.create(name, config, token, location).catch(refusal),
    ensureBasin: (name, config, location) => basins.ensure(name, config, location).catch(refusal),
    getBasinConfig: (name) => basins.config(name).catch(refusal),
    reconfigureBasin: (name, patch) => basins.reconfigure(name, patch).catch(refusal),
    deleteBasin: (name) => deletion.deleteBasin(name).catch(refusal),

    listStreams: (basin, request) => streams.list(basin, request).catch(refusal),
    createStream: (address, config, token) => streams.create(address, config, token).catch(refusal),
    ensureStream: (address, config) => streams.ensure(address, config).catch(refusal),
    getStreamConfig: (address) => streams.config(address).catch(refusal),
    reconfigureStream: (address, patch) => streams.reconfigure(address, patch).catch(refusal),
    deleteStream: (address) => deletion.deleteStream(address).catch(refusal),

    listAccessTokens: (request) => tokens.list(request).catch(refusal),
    issueAccessToken: (issuer, token) => tokens.issue(issuer, token).catch(refusal),
    revokeAccessToken: (id) => tokens.revoke(id).catch(refusal),
    authenticate: (secret) => tokens.authenticate(secret),

    append: (address, batch, key) => data.append(address, batch, key).catch(refusal),
    openAppendSession: (address, key) => data.openAppendSession(address, key).catch(refusal),
    checkTail: (address) => data.checkTail(address).catch(refusal),
    openRead: (address, start, end, signal, key) =>
      data.openRead(address, start, end, signal, key).catch(refusal),

    listLocations: () => locations.list(),
    defaultLocation: () => locations.default(),
    setDefaultLocation: (name) => locations.setDefault(name).catch(refusal),

    accountMetrics: (set, range) => metrics.account(set, range).catch(refusal),
    basinMetrics: (basin, set, range) => metrics.basin(basin, set, range).catch(refusal),
    streamMetrics: (address, set, range) => metrics.stream(address, set, range).catch(refusal),
    served: servedTo(usage, directory),

    activity: () => activityOf(directory),
    drain,
    healthy: () => store.healthy() && !background.failed && !damage.found,
    async close() {
      drain.end()
      await background.stop()
      await usage.flush().catch(storageRefusal)
      await store.close()
    },
  }
  if (parts.init !== undefined) await prepare(backend, parts.init)
  return rules.flavor.limits.basinSetup === 0 ? backend : behindSetup(backend, basins, rules)
}

function contextOf(parts: BackendParts): Context {
  const { report = () => {}, onDamage = () => {} } = parts
  const damage = new Damage(onDamage)
  const background = new Background(parts.clock, (error) => {
    if (!damage.note(error)) report(error)
  })
  const options = { ...DEFAULT_OPTIONS, ...parts.options }
  return {
    ...parts,
    options,
    background,
    damage,
    drain: new Drain(),
    recentMemory: new RecentMemory(options.recentMemory),
    usage: new Usage({ ...parts, options, background }),
    sweepAlarm: new Alarm(parts.clock, background, options.sweepInterval),
  }
}

/** Not behind the set-up of its basins, as their streams shall be there too. */
async function prepare(backend: Backend, init: Resources): Promise<void> {
  try {
    await applyResources(backend, init)
  } catch (error) {
    await backend.close()
    throw error
  }
}

function activityOf(directory: StreamDirectory): Activity {
  let [liveStreams, followers] = [0, 0]
  for (const { recent } of directory.live()) {
    liveStreams++
    followers += recent.followers
  }
  return { liveStreams, followers }
}
