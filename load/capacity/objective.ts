import { LATENCY_NAMES, type LatencyName, type LoadResult } from '../../reports/load/result.ts'
import { milliseconds } from '../../reports/load/words.ts'
import { SECOND_US } from '../measure/clock.ts'
import { parseSeconds, plainNumber, show, WorkloadError } from '../workload/units.ts'

const STATISTICS = ['p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'p99.99', 'max', 'mean'] as const
type Statistic = (typeof STATISTICS)[number]

/** One thing that has to hold: a latency stays below a limit. */
export interface Objective {
  readonly latency: LatencyName
  readonly statistic: Statistic
  readonly belowUs: number
}

/** `response-p99 < 20ms`, several of them with commas between. Throws a `WorkloadError`. */
export function parseObjectives(text: string): readonly Objective[] {
  return text.split(',').map((part) => {
    const [, name, statistic, limit] = /^\s*(.+)-([a-z0-9.]+)\s*<\s*(\S+)\s*$/.exec(part) ?? []
    const latency = LATENCY_NAMES.find((known) => known === name)
    const known = STATISTICS.find((each) => each === statistic)
    if (latency === undefined || known === undefined || limit === undefined)
      throw new WorkloadError(
        `--slo: ${show(part.trim())} is no objective such as "response-p99 < 20ms": there are ${LATENCY_NAMES.join(', ')}, each with ${STATISTICS.join(', ')}`,
      )
    if (!Number.isNaN(plainNumber(limit)))
      throw new WorkloadError(
        `--slo: ${show(part.trim())} has no unit: say ms, s, m or h, such as "${name}-${statistic} < ${limit}ms"`,
      )
    const belowUs = parseSeconds(limit, '--slo') * SECOND_US
    if (belowUs <= 0) throw new WorkloadError(`--slo: ${show(part.trim())} leaves no time at all`)
    return { latency, statistic: known, belowUs }
  })
}

/** `response-p99 < 20.0 ms`. */
export const describeObjective = ({ latency, statistic, belowUs }: Objective): string =>
  `${latency}-${statistic} < ${milliseconds(belowUs)} ms`

/** In microseconds; undefined where it was not measured, or of too few values to be told. */
export function measuredOf({ latencies }: LoadResult, { latency, statistic }: Objective): number | undefined {
  const found = latencies[latency]
  if (statistic === 'max') return found?.greatest
  if (statistic === 'mean') return found?.mean
  return found?.quantiles[statistic]
}
