import type { DoubtRule } from '../evidence.ts'
import { isBehind } from '../progress.ts'

/** However good it was until then: what it would have taken to get to the end nobody knows. */
export const gone: DoubtRule = ({ gone }) =>
  gone === undefined ? undefined : { verdict: 'INVALID', of: 'target', why: gone }

export const behindPlan: DoubtRule = ({ progress }) =>
  progress !== undefined && isBehind(progress)
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${progress.acked} appends were acknowledged by the end of the plan of ${progress.due} that were due by then: the target is beyond its capacity, and latencies depend on how long the run was`,
      }
    : undefined

/** One is enough, as the greatest of all times is not known then. */
export const unfinished: DoubtRule = ({ unfinished }) =>
  unfinished > 0
    ? {
        verdict: 'SUSPECT',
        of: 'target',
        why: `${unfinished} appends had not ended long after the plan; they count with the time they had taken by then`,
      }
    : undefined

/** One is enough: what a refusal takes is not what an append takes. Those of a fault are meant to fail. */
export const failed: DoubtRule = ({ unknown, refused, workload: { faults } }) => {
  if (unknown + refused === 0) return undefined
  const what = `${refused} refused and ${unknown} indeterminate appends`
  return {
    verdict: 'SUSPECT',
    of: 'target',
    why:
      faults.length > 0
        ? `${what} while no fault lasted`
        : `${what}; their times count like those of the others`,
  }
}
