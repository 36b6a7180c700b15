import { percent } from '../../../../reports/load/words.ts'
import { SECOND_US } from '../../../measure/clock.ts'
import { isTold, valueAt } from '../../../measure/counts.ts'
import { quantileName } from '../../../measure/latency.ts'
import type { ValidityCheck } from '../evidence.ts'
import { beyondOf, JUDGED, latenesses } from '../lateness.ts'
import { tolerance } from '../tolerance.ts'

/** A figure of which half and more may be the generator's own lateness says nothing of the target. */
const TOO_LATE = 0.5

export const late: ValidityCheck = ({ lag, response }) => {
  const found = latenesses(lag, response)
  const [first] = found
  if (first === undefined) return undefined
  const { quantile, beyond, byUs, measuredUs } = first
  const why = `the generator began ${percent(beyond, 2)} of the appends ${milliseconds(byUs)} or more behind the plan, beside a ${quantileName(quantile)} of ${milliseconds(measuredUs)}`
  const isTooLate = found.some((each) => each.byUs > each.measuredUs * TOO_LATE)
  return { verdict: isTooLate ? 'INVALID' : 'SUSPECT', why }
}

/**
 * An answer that comes while a thread stands still is noticed when it goes on. Of answers that come evenly as many are late as
 * the standing still is of the time, and most of them where each of its times is as long as the longest. So, as of what begins
 * late: half of those beyond a quantile that is told may be late by more than is tolerated. The response times
 * themselves forgive nothing, as they are longer by just that.
 */
export const longPause: ValidityCheck = ({ generator: { threads }, response, workload: { seconds } }) => {
  const found = JUDGED.flatMap((quantile) => {
    const measuredUs = valueAt(response, quantile)
    if (measuredUs === undefined || !isTold(response, quantile)) return []
    const beyondUs = beyondOf(quantile) * seconds * SECOND_US * threads.length
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
