import type { LatencyName, LoadResult } from '../../reports/load/result.ts'
import { batchesOf } from '../measure/batches.ts'
import { SECOND_US } from '../measure/clock.ts'
import { merge } from '../measure/counts.ts'
import { decodeCounts } from '../measure/decode-counts.ts'
import type { Counts } from '../measure/recorder.ts'
import { RATE_NAMES, type RateName } from './metric.ts'

/** What one round has shown, as it is added to that of others: counts and not quantiles, amounts and not rates. */
export interface Round {
  readonly latencies: Readonly<Partial<Record<LatencyName, Counts>>>
  readonly rates: Readonly<Partial<Record<RateName, Rate>>>
  /** Of how many batches the end-to-end times are; absent for as many as there are times. */
  readonly batches?: number
}

/** So much of one thing for so much of another. */
export interface Rate {
  readonly amount: number
  /** Seconds, or records. */
  readonly per: number
}

export const COMPARED_LATENCIES: readonly LatencyName[] = ['response', 'e2e', 'check-tail']

/** Throws for a histogram that is none. */
export function roundOf({ latencies, appends, catchUp, target }: LoadResult): Round {
  const records = appends.perSecond.records * appends.seconds
  const counted = COMPARED_LATENCIES.flatMap((name) => {
    const latency = latencies[name]
    return latency === undefined ? [] : [[name, decodeCounts(latency.histogram)] as const]
  })
  const { e2e } = latencies
  return {
    ...(e2e !== undefined && { batches: batchesOf(e2e.count, appends) }),
    latencies: Object.fromEntries(counted),
    rates: {
      ...(appends.seconds > 0 && { 'append-rate': { amount: appends.acked, per: appends.seconds } }),
      ...(target.cpuSeconds !== undefined &&
        records > 0 && { 'server-cpu': { amount: target.cpuSeconds * SECOND_US, per: records } }),
      ...(catchUp !== undefined && { 'catch-up-rate': { amount: catchUp.bytes, per: catchUp.seconds } }),
    },
  }
}

/** Several as one: what each of them tells. */
export function addRounds(rounds: readonly Round[]): Round {
  const latencies = COMPARED_LATENCIES.flatMap((name) => {
    const counts = rounds.flatMap((round) => round.latencies[name] ?? [])
    return counts.length === rounds.length ? [[name, merge(counts)] as const] : []
  })
  const rates = RATE_NAMES.flatMap((name) => {
    const some = rounds.flatMap((round) => round.rates[name] ?? [])
    const sum = (of: (rate: Rate) => number): number => some.reduce((total, rate) => total + of(rate), 0)
    const added = { amount: sum(({ amount }) => amount), per: sum(({ per }) => per) }
    return some.length === rounds.length ? [[name, added] as const] : []
  })
  return {
    batches: rounds.reduce((sum, round) => sum + differentIn(round, 'e2e'), 0),
    latencies: Object.fromEntries(latencies),
    rates: Object.fromEntries(rates),
  }
}

/** How many times of this name are not of one and the same. */
export const differentIn = ({ latencies, batches }: Round, name: LatencyName): number =>
  (name === 'e2e' ? batches : undefined) ?? latencies[name]?.count ?? 0
