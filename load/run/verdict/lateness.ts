import { isTold, valueAt } from '../../measure/counts.ts'
import type { Counts } from '../../measure/recorder.ts'
import { tolerance } from './tolerance.ts'

/** A quantile that the generator may have made by being late itself; times in microseconds. */
export interface Lateness {
  readonly quantile: number
  /** The part of the appends that were as late, or later. */
  readonly beyond: number
  readonly byUs: number
  readonly measuredUs: number
}

/** Quantiles that a run is judged by, as far as they are told; by how much each may be off stands in `tolerance`. */
export const JUDGED = [0.5, 0.9, 0.99, 0.999] as const

/**
 * Begun later than planned although there was room: by the generator itself. What keeps it from beginning an append keeps it
 * as long from noticing an answer. So for each quantile that is told: half of those beyond may be late for the one reason, half
 * for the other, and an append for both.
 */
export const latenesses = (lag: Counts, response: Counts): readonly Lateness[] =>
  JUDGED.flatMap((quantile): readonly Lateness[] => {
    const byUs = valueAt(lag, 1 - beyondOf(quantile))
    const measuredUs = valueAt(response, quantile)
    if (byUs === undefined || measuredUs === undefined || !isTold(response, quantile)) return []
    return 2 * byUs > tolerance(quantile, measuredUs)
      ? [{ quantile, beyond: beyondOf(quantile), byUs, measuredUs }]
      : []
  })

/** What the generator may have added to this quantile, in microseconds. */
export const addedTo = (quantile: number, lag: Counts): number =>
  2 * (valueAt(lag, 1 - beyondOf(quantile)) ?? 0)

/** The part of all appends that one of two reasons may have. */
export const beyondOf = (quantile: number): number => (1 - quantile) / 2
