import type { Interval, Quantiles } from '../../../reports/load/result.ts'
import { valueAt } from '../../measure/counts.ts'
import type { Counts } from '../../measure/recorder.ts'
import { numbersSince } from './counter-snapshot.ts'
import type { Tick } from './tick.ts'

/** What happened between two looks, of a run whose measured time began with the first. */
export function intervalOf(first: Tick, before: Tick, now: Tick): Interval {
  const { counted, timed } = numbersSince(before.numbers, now.numbers)
  const per = (amount: number): number => amount / Math.max(1e-9, now.at - before.at)
  const response = quantilesOf(timed.response)
  const e2e = quantilesOf(timed.e2e)
  return {
    at: now.at - first.at,
    appends: per(counted.acked),
    records: per(counted.ackedRecords),
    bytes: per(counted.ackedBytes),
    read: per(counted.readRecords),
    ...(response !== undefined && { response }),
    ...(e2e !== undefined && { e2e }),
  }
}

export function quantilesOf(counts: Counts): Quantiles | undefined {
  const p50 = valueAt(counts, 0.5)
  const p99 = valueAt(counts, 0.99)
  return p50 === undefined || p99 === undefined ? undefined : { p50, p99, greatest: counts.greatest }
}
