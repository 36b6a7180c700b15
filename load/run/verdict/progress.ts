import type { Progress } from '../../../reports/load/result.ts'
import { SECOND_US } from '../../measure/clock.ts'
import { meanOf } from '../../measure/counts.ts'
import type { Counts } from '../../measure/recorder.ts'
import { plannedWithin } from '../../pace/plan.ts'
import type { Workload } from '../../workload/workload.ts'

/** Fewer acks than this part of those that are due are not what was asked for. */
const SHORT = 0.99

export interface Reached {
  /** Seconds since the plan began. */
  readonly at: number
  /** Acknowledged until then. */
  readonly acked: number
  readonly response: Counts
}

/**
 * A target that keeps up has under way, by Little's law, what was planned within the last mean response time: all before is due.
 * What piles up with one that does not is more than that. Undefined for a closed loop, which has no plan.
 */
export function progressOf(
  { appends: { arrival }, seed, warmupSeconds, seconds }: Workload,
  { at, acked, response }: Reached,
): Progress | undefined {
  if (arrival.kind === 'closed') return undefined
  const until = Math.min(at, warmupSeconds + seconds) - (meanOf(response) ?? 0) / SECOND_US
  return { due: plannedWithin(arrival.rate, seed, until), acked }
}

/** Whether a target did not keep up with its plan. */
export const isBehind = ({ due, acked }: Progress): boolean => acked < due * SHORT
