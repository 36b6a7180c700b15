import { percent } from '../../../reports/load/words.ts'
import { isTold, valueAt } from '../../measure/counts.ts'
import { quantileName } from '../../measure/latency.ts'
import type { DoubtRule } from '../evidence.ts'
import { tolerance } from '../tolerance.ts'

/** By how much a figure may be off stands in `tolerance`. These are looked at, as far as they are told: beyond them lies too little. */
const JUDGED = [0.5, 0.9, 0.99, 0.999] as const

/** A figure of which half and more may be the generator's own lateness says nothing of the target. */
const TOO_LATE = 0.5

/**
 * Begun later than planned although there was room: by the generator itself. What keeps it from beginning an append keeps it
 * as long from noticing an answer. So for each quantile that is told: half of those beyond may be late for the one reason, half
 * for the other, and an append for both.
 */
export const late: DoubtRule = ({ lag, response }) => {
  const found = JUDGED.flatMap((quantile): readonly Lateness[] => {
    const beyond = (1 - quantile) / 2
    const byUs = valueAt(lag, 1 - beyond)
    const measuredUs = valueAt(response, quantile)
    if (byUs === undefined || measuredUs === undefined || !isTold(response, quantile)) return []
    return 2 * byUs > tolerance(quantile, measuredUs) ? [{ quantile, beyond, byUs, measuredUs }] : []
  })
  const [first] = found
  if (first === undefined) return undefined
  const { quantile, beyond, byUs, measuredUs } = first
  const why = `the generator began ${percent(beyond, 2)} of the appends ${milliseconds(byUs)} or more behind the plan, beside a ${quantileName(quantile)} of ${milliseconds(measuredUs)}`
  const isTooLate = found.some((each) => each.byUs > each.measuredUs * TOO_LATE)
  return { verdict: isTooLate ? 'INVALID' : 'SUSPECT', why }
}

interface Lateness {
  readonly quantile: number
  /** The part of the appends that were as late, or later. */
  readonly beyond: number
  readonly byUs: number
  readonly measuredUs: number
}

/**
 * An answer that comes while a thread stands still is noticed when it goes on. Of answers that come evenly as many are late as
 * the standing still is of the time, and most of them where each of its times is as long as the longest. So, as of what begins
 * late: half of those beyond a quantile that is told may be late by more than is tolerated. The response times
 * themselves forgive nothing, as they are longer by just that.
 */
export const longPause: DoubtRule = ({ generator: { threads }, response, workload: { seconds } }) => {
  const found = JUDGED.flatMap((quantile) => {
    const measuredUs = valueAt(response, quantile)
    if (measuredUs === undefined || !isTold(response, quantile)) return []
    const beyondUs = ((1 - quantile) / 2) * seconds * 1e6 * threads.length
    return threads.flatMap(({ loopDelayMostUs: mostUs, stoodStillUs: allUs = mostUs }) => {
      const lateUs = mostUs * (1 - beyondUs / allUs)
      return lateUs > tolerance(quantile, measuredUs) ? [{ quantile, measuredUs, mostUs, allUs }] : []
    })
  })
  const [first] = found
  return first === undefined
    ? undefined
    : {
        verdict: 'SUSPECT',
        why: `the generator stood still for ${milliseconds(first.allUs)} in all, ${milliseconds(first.mostUs)} at once, beside a ${quantileName(first.quantile)} of ${milliseconds(first.measuredUs)}`,
      }
}

const milliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(1)} ms`
