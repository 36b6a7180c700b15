import { floorTo, MINUTE } from '../semantics/metrics/timeseries.ts'
import { type Counter, combine, type MinuteOfUsage } from '../semantics/metrics/usage.ts'
import type { Write } from '../store/store.ts'
import { decodeUsage, encodeUsage } from '../store/stored-usage.ts'
import {
  ACCOUNT,
  basinOf,
  isBasin,
  minuteOf,
  type UsageScope,
  usageKey,
  usageRange,
} from '../store/usage-keys.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import type { Services } from './services.ts'
import { DAY, sweepUsage, usedScopes } from './usage-sweep.ts'

/** What was counted in the minute that is under way, by scope. */
interface Minute {
  readonly minute: number
  readonly counts: Map<UsageScope, Map<string, number>>
}

const NOTHING: Minute = { minute: 0, counts: new Map() }

/**
 * Counts what happens, minute by minute. Counting is adding to a number in memory; when the minute is over, what was
 * counted is written to the store in one go, so memory holds only the scopes that were used in one minute, and a crash
 * loses at most what it counted. The store holds one small value for each scope and minute in which something happened,
 * for a month: at most 44,640 for a basin or stream that is never idle, none for one that always is.
 */
export class Usage {
  readonly #context: Pick<Services, 'clock' | 'store' | 'background' | 'options'>
  /** So that nobody reads while a minute is neither in memory nor in the store. */
  readonly #lock: KeyedMutex = new KeyedMutex()
  #current: Minute | undefined
  /** Unix time in seconds. */
  #swept = 0

  constructor(context: Pick<Services, 'clock' | 'store' | 'background' | 'options'>) {
    this.#context = context
  }

  add(scope: UsageScope, counter: Counter, count: number): void {
    const { counts } = this.#begun()
    const own = counts.get(scope)
    if (own === undefined) counts.set(scope, new Map([[counter, count]]))
    else addTo(own, counter, count)
  }

  /** The minute under way: as long as it is the same, so is what is counted together. */
  get minute(): number {
    return this.#begun().minute
  }

  /** Begins a minute where none is under way. */
  #begun(): Minute {
    if (this.#current !== undefined) return this.#current
    const { clock, background } = this.#context
    const now = Number(clock.now())
    const minute = floorTo(MINUTE, Math.floor(now / 1000))
    background.after((minute + MINUTE) * 1000 - now, () => this.flush())
    this.#current = { minute, counts: new Map() }
    return this.#current
  }

  /** Writes down what was counted since the last time, and adds it to what there is of the same minute. */
  async flush(): Promise<void> {
    await this.#lock.run('', async () => {
      const { store, options } = this.#context
      const { minute, counts: scopes } = this.#current ?? NOTHING
      this.#current = undefined
      const writes: Write[] = []
      for (const [scope, counts] of scopes) {
        const key = usageKey(scope, minute)
        const before = await store.get(key)
        for (const [counter, count] of before === undefined ? [] : decodeUsage(before)) {
          addTo(counts, counter, count)
        }
        writes.push({ type: 'put', key, value: encodeUsage(counts) })
      }
      for (let at = 0; at < writes.length; at += options.removedAtOnce) {
        await store.commit(writes.slice(at, at + options.removedAtOnce))
      }
      if (writes.length > 0 && minute >= this.#swept + DAY) this.#sweep(minute)
    })
  }

  /** Once a day, as long as there is anything to count. */
  #sweep(now: number): void {
    this.#swept = now
    this.#context.background.run(() => sweepUsage(this.#context, now))
  }

  /** What was counted in the minutes from `from` up to, not including, `to`. A minute may come in two parts. */
  async read(scope: UsageScope, from: number, to: number): Promise<readonly MinuteOfUsage[]> {
    return await this.#lock.run('', async () => {
      const usage: MinuteOfUsage[] = []
      for await (const { key, value } of this.#context.store.range(usageRange(scope, from, to))) {
        usage.push({ minute: minuteOf(key), counts: decodeUsage(value) })
      }
      // After the store: what is counted while it tells is then told too.
      const { minute, counts } = this.#current ?? NOTHING
      const underWay = counts.get(scope)
      if (underWay !== undefined && minute >= from && minute < to) {
        usage.push({ minute, counts: new Map(underWay) })
      }
      return usage
    })
  }

  /** Basins of which there is any usage, whether they are still there or not. */
  async basins(): Promise<ReadonlySet<string>> {
    return await this.#lock.run('', async () => {
      const { counts } = this.#current ?? NOTHING
      const basins = new Set([...counts.keys()].filter(isBasin))
      for await (const scope of usedScopes(this.#context.store, basinOf)) basins.add(basinOf(scope))
      basins.delete(basinOf(ACCOUNT))
      return basins
    })
  }
}

function addTo(counts: Map<string, number>, counter: string, count: number): void {
  const had = counts.get(counter)
  counts.set(counter, had === undefined ? count : combine(counter, had, count))
}
