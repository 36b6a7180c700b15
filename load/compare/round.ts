import type { LatencyName, LoadResult } from '../../reports/load/result.ts'
import { decodeCounts } from '../measure/decode-counts.ts'
import type { Counts } from '../measure/recorder.ts'
import type { RateName } from './metric.ts'

/** What one round has shown, as it is added to that of others: counts and not quantiles, amounts and not rates. */
export interface Round {
  readonly latencies: Readonly<Partial<Record<LatencyName, Counts>>>
  readonly rates: Readonly<Partial<Record<RateName, { readonly amount: number; readonly seconds: number }>>>
}

export const COMPARED_LATENCIES: readonly LatencyName[] = ['response', 'e2e', 'check-tail']

/** Throws for a histogram that is none. */
export function roundOf({ latencies, appends, catchUp }: LoadResult): Round {
  const counted = COMPARED_LATENCIES.flatMap((name) => {
    const latency = latencies[name]
    return latency === undefined ? [] : [[name, decodeCounts(latency.histogram)] as const]
  })
  return {
    latencies: Object.fromEntries(counted),
    rates: {
      ...(appends.seconds > 0 && { 'append-rate': { amount: appends.acked, seconds: appends.seconds } }),
      ...(catchUp !== undefined && { 'catch-up-rate': { amount: catchUp.bytes, seconds: catchUp.seconds } }),
    },
  }
}
