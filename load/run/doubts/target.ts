import type { DoubtRule } from '../evidence.ts'

/** What is due is reckoned from a mean response time, and an append that is slow by chance may miss the end: so many in a hundred may. */
const SHORT = 0.99

export const behindPlan: DoubtRule = ({ progress }) =>
  progress !== undefined && progress.acked < progress.due * SHORT
    ? {
        verdict: 'SUSPECT',
        why: `${progress.acked} appends were acknowledged by the end of the plan of ${progress.due} that were due by then: the target is beyond its capacity, and latencies depend on how long the run was`,
      }
    : undefined

/** One is enough, as the greatest of all times is not known then. */
export const unfinished: DoubtRule = ({ unfinished }) =>
  unfinished > 0
    ? {
        verdict: 'SUSPECT',
        why: `${unfinished} appends had not ended long after the plan; they count with the time they had taken by then`,
      }
    : undefined

/** One is enough: what a refusal takes is not what an append takes. Those of a fault are meant to fail. */
export const failed: DoubtRule = ({ unknown, refused, workload: { faults } }) => {
  if (unknown + refused === 0) return undefined
  const what = `${refused} refused and ${unknown} indeterminate appends`
  return {
    verdict: 'SUSPECT',
    why:
      faults.length > 0
        ? `${what} while no fault lasted`
        : `${what}; their times count like those of the others`,
  }
}
