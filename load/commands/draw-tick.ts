import { milliseconds } from '../../reports/load/words.ts'
import { valueAt } from '../measure/counts.ts'
import type { Tick } from '../run/coordinator/tick.ts'
import type { Workload } from '../workload/workload.ts'

/** One line on how the load goes. */
export function drawTick({ at, numbers }: Tick, { seconds, warmupSeconds }: Workload): string {
  const { counted, timed } = numbers
  const quantile = (part: number): string => milliseconds(valueAt(timed.response, part))
  const failed = counted.refused + counted.unknown
  return [
    `${at.toFixed(0)}/${seconds + warmupSeconds} s`,
    `${counted.acked} appends`,
    `p50 ${quantile(0.5)} p99 ${quantile(0.99)} ms`,
    `${counted.inFlight} in flight`,
    `${counted.readRecords} read`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join('  ')
}
