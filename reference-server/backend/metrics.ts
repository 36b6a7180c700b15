import {
  accountOperations,
  activeBasins,
  basinMetrics,
  type Metric,
  storage,
} from '../semantics/metrics/metric-sets.ts'
import type { AccountSet, BasinSet, MetricsRange, StreamSet } from '../semantics/metrics/metrics-query.ts'
import { floorTo, MINUTE } from '../semantics/metrics/timeseries.ts'
import { existedDuring, type MinuteOfUsage, OLDEST_ENDED, seriesOf } from '../semantics/metrics/usage.ts'
import type { BasinName } from '../semantics/resources/names.ts'
import { stateKey, streamsRange } from '../store/keys.ts'
import { decodeState } from '../store/stored-state.ts'
import { decodeStream, type StoredStream } from '../store/stored-stream.ts'
import { ACCOUNT, streamScope, type UsageScope } from '../store/usage-keys.ts'
import type { StreamAddress } from './backend.ts'
import type { BasinCatalog } from './basin-catalog.ts'
import type { Context } from './context.ts'
import { isDamage } from './damage.ts'
import { addressOf, expiredBelow, type StreamDirectory } from './stream-directory.ts'
import { trimmedBytes } from './trimmed-bytes.ts'

/**
 * Answers metric sets from what was counted and what is stored; a name that nothing has is no error (CP-MET-022). Storage
 * of the past is that of now without what has changed since, which costs one look at each stream of a basin.
 */
export class Metrics {
  readonly #context: Context
  readonly #basins: BasinCatalog
  readonly #directory: StreamDirectory

  constructor(context: Context, basins: BasinCatalog, directory: StreamDirectory) {
    this.#context = context
    this.#basins = basins
    this.#directory = directory
  }

  async account(set: AccountSet, range: MetricsRange): Promise<readonly Metric[]> {
    if (set === 'active-basins') return activeBasins(await this.#activeBasins(range))
    return accountOperations(await this.#counted(ACCOUNT, range.start, range.end), range)
  }

  async basin(basin: BasinName, set: BasinSet, range: MetricsRange): Promise<readonly Metric[]> {
    if (set !== 'storage') return basinMetrics(set, await this.#counted(basin, range.start, range.end), range)
    const stored = await this.#sizeOfBasin(basin)
    return storage(await this.#counted(basin, range.start), stored, range, this.#now())
  }

  async stream(address: StreamAddress, _set: StreamSet, range: MetricsRange): Promise<readonly Metric[]> {
    const stream = await this.#directory.find(address)
    const changes = await this.#counted(streamScope(address.basin, address.stream), range.start)
    return storage(changes, stream && Number(stream.size), range, this.#now())
  }

  #now(): number {
    return Math.floor(Number(this.#context.clock.now()) / 1000)
  }

  #counted(scope: UsageScope, start: number, end: number = LATER): Promise<readonly MinuteOfUsage[]> {
    return this.#context.usage.read(scope, floorTo(MINUTE, start), end)
  }

  async #sizeOfBasin(basin: BasinName): Promise<number | undefined> {
    if (this.#basins.find(basin) === undefined) return undefined
    let size = 0n
    for await (const { value } of this.#context.store.range(streamsRange(basin, '', ''))) {
      size += await this.#sizeOf(decodeStream(value))
    }
    return Number(size)
  }

  /** A stream that is being deleted is in use until it is gone. */
  async #sizeOf(stored: StoredStream): Promise<bigint> {
    const live = this.#directory.peek(addressOf(stored))
    if (live !== undefined) return live.size
    const { store } = this.#context
    try {
      const state = decodeState(await store.get(stateKey(stored.id)))
      const expired = await expiredBelow(store, stored)
      const gone = await trimmedBytes(store, stored, state.trimPoint, state, (seqNum) => seqNum < expired)
      return state.appended - gone
    } catch (error) {
      if (!isDamage(error)) throw error
      // Records may have been removed meanwhile. Loading the stream tells, as it excludes that.
      return (await this.#directory.find(addressOf(stored)))?.size ?? 0n
    }
  }

  async #activeBasins(range: MetricsRange): Promise<readonly string[]> {
    const { usage } = this.#context
    const names = new Set<string>([...this.#basins.names(), ...(await usage.basins())])
    const active: string[] = []
    for (const name of [...names].sort()) if (await this.#hadStream(name, range)) active.push(name)
    return active
  }

  async #hadStream(basin: string, range: MetricsRange): Promise<boolean> {
    for await (const { value } of this.#context.store.range(streamsRange(basin, '', ''))) {
      const { createdAt, deletedAt } = decodeStream(value)
      const made = Math.floor(Number(createdAt) / 1000)
      if (deletedAt === undefined && existedDuring({ made, ended: undefined }, range)) return true
    }
    const ended = seriesOf(await this.#counted(basin, range.start), OLDEST_ENDED)
    return [...ended].some(([minute, made]) => existedDuring({ made, ended: minute }, range))
  }
}

/** After any minute there is. */
const LATER = Number.MAX_SAFE_INTEGER
