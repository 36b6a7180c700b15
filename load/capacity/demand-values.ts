import { isTold, neededFor } from '../measure/counts.ts'
import { WorkloadError } from '../workload/units.ts'
import type { Workload } from '../workload/workload.ts'
import { describeObjective, type Objective } from './objective.ts'

/** What is asked of a search before any of its runs. */
interface Asked {
  readonly objectives: readonly Objective[]
  /** The lowest rate, in appends per second: there are fewest values. */
  readonly from: number
  readonly workload: Pick<Workload, 'seconds' | 'tail' | 'checkTails'>
}

/** Throws a `WorkloadError` for an objective of which no run at the first rate has enough values to tell whether it holds. */
export function demandValues({ objectives, from, workload }: Asked): void {
  for (const objective of objectives) {
    const each = valuesPerSecond(objective, from, workload)
    const what = describeObjective(objective)
    if (each === 0)
      throw new WorkloadError(`--slo: of ${what} nothing is measured: give ${giverOf(objective)}`)
    const quantile = quantileOf(objective)
    if (quantile === undefined || isTold({ count: Math.ceil(each * workload.seconds) }, quantile)) continue
    const needed = neededFor(quantile)
    throw new WorkloadError(
      `--slo: ${what} can be told of ${needed} values or more, and ${workload.seconds} s have ${Math.ceil(each * workload.seconds)} of them at --from ${from}: give --duration ${Math.ceil(needed / each)}s or more, or a higher ${objective.latency === 'check-tail' ? '--check-tails' : '--from'}`,
    )
  }
}

/** Undefined for what any value tells. */
const quantileOf = ({ statistic }: Objective): number | undefined =>
  statistic === 'max' || statistic === 'mean' ? undefined : Number(statistic.slice(1)) / 100

/** The records of a batch share one end-to-end time: each reader has one of each append. */
function valuesPerSecond(
  { latency }: Objective,
  from: number,
  { tail, checkTails }: Asked['workload'],
): number {
  if (latency === 'check-tail') return checkTails
  return latency === 'e2e' ? from * tail.readers : from
}

const giverOf = ({ latency }: Objective): string => (latency === 'e2e' ? '--readers' : '--check-tails')
