import { percent } from '../../../../reports/load/words.ts'
import type { ValidityCheck } from '../evidence.ts'
import { failedPart, isOtherLoad } from '../failed-part.ts'
import { isBehind } from '../progress.ts'

/** However good it was until then: what it would have taken to get to the end nobody knows. */
export const targetDied: ValidityCheck = ({ gone }) =>
  gone === undefined ? undefined : { verdict: 'INVALID', of: 'target', why: gone }

/** What it refused it was not too slow for. */
export const behindPlan: ValidityCheck = ({ progress, refused, unknown }) =>
  progress !== undefined && isBehind({ ...progress, acked: progress.acked + refused + unknown })
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${progress.acked} appends were acknowledged by the end of the plan of ${progress.due} that were due by then: the target is beyond its capacity, and latencies depend on how long the run was`,
      }
    : undefined

/** One is enough, as the greatest of all times is not known then. */
export const unfinished: ValidityCheck = ({ unfinished }) =>
  unfinished > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${unfinished} appends had not ended long after the plan; they count with the time they had taken by then`,
      }
    : undefined

/**
 * One is enough: the target took less than was planned. Those of a fault are meant to fail, and those of the warm-up make the load
 * that counts no other one.
 */
export const failed: ValidityCheck = ({ unknown, refused, untimed, response, workload: { faults } }) => {
  if (unknown + refused === 0) return undefined
  const beside = faults.length > 0 ? ' while no fault lasted' : ''
  const what = `${refused} refused and ${unknown} indeterminate appends${beside}`
  // Of neither is known how many both count and are of no fault: no more than this.
  const failed = Math.min(untimed, unknown + refused)
  const ended = { untimed: failed, timed: response.count + untimed - failed }
  return isOtherLoad(ended)
    ? {
        verdict: 'INVALID',
        of: 'target',
        why: `${what}, ${percent(failedPart(ended))} of all: the target was not under the load that was planned`,
      }
    : { verdict: 'SUSPECT', of: 'target', why: what }
}
