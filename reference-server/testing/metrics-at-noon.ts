import type { Backend, StreamAddress } from '../backend/backend.ts'
import type { BasinSet, Interval } from '../semantics/metrics/metrics-query.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { FakeClock } from './fake-clock.ts'
import { seriesOf } from './metrics.ts'
import { batch } from './test-backend.ts'

type Series = ReturnType<typeof seriesOf>

/** The first second of a minute, an hour and a day. */
export const NOON = 1_699_920_000
export const MINUTE = 60_000
export const clockAtNoon = (): FakeClock => new FakeClock(BigInt(NOON) * 1000n)
/** A batch of one record that meters so many bytes. */
export const sized = (bytes: number): ReturnType<typeof batch> => batch(['x'.repeat(bytes - 8)])
/** What a trim command itself meters. */
export const TRIM_BYTES: number = 8 + 2 + 4 + 8

/** By the minute, for ten of them if nothing else is said. */
export async function storageOf(
  backend: Backend,
  address: StreamAddress,
  start: number = NOON,
  end: number = NOON + 600,
): Promise<Series[string] | undefined> {
  const range = { start, end, interval: 'minute' } as const
  const { storage } = seriesOf(await backend.streamMetrics(address, 'storage', range))
  return storage
}

/** For two hours. */
export const basinSeries = async (
  backend: Backend,
  name: StreamAddress['basin'],
  set: BasinSet,
  interval: Interval = 'minute',
): Promise<Series> =>
  seriesOf(await backend.basinMetrics(name, set, { start: NOON, end: NOON + 7200, interval }))

export const accountSeries = async (
  backend: Backend,
  set: 'account-ops' | 'active-basins',
  start: number = NOON,
  end: number = NOON + 600,
): Promise<Series> => seriesOf(await backend.accountMetrics(set, { start, end, interval: 'minute' }))

/** A store that survives the backend. */
export async function lastingStore(): Promise<Store> {
  return { ...(await openMemoryStore()), close: async () => {} }
}
