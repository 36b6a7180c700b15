import type { Interval } from '../../reports/load/result.ts'
import { METRICS, type MetricName } from './metric.ts'
import type { Pool } from './pool.ts'

/** Neighbouring seconds resemble each other, so that a long run is cut into this many stretches and not into seconds. */
const STRETCHES = 20

/** What an interval of a series tells, by metric; it has no histogram to add to others. */
const READ: Readonly<Partial<Record<MetricName, (interval: Interval) => number | undefined>>> = {
  'append-rate': ({ appends }) => appends,
  'response-p50': ({ response }) => response?.p50,
  'response-p99': ({ response }) => response?.p99,
  'e2e-p50': ({ e2e }) => e2e?.p50,
  'e2e-p99': ({ e2e }) => e2e?.p99,
}

/**
 * Of one run: its intervals, and of quantiles the mean over intervals, which is not the quantile of the run. It shows how
 * evenly the run went and nothing of how the next would have gone: two runs of one server may differ beyond it.
 */
export function poolSeries(series: readonly Interval[]): Pool {
  const length = Math.max(1, Math.floor(series.length / STRETCHES))
  const stretches = Array.from({ length: Math.floor(series.length / length) }, (_, at) =>
    series.slice(at * length, (at + 1) * length),
  )
  const values = new Map<MetricName, readonly number[]>()
  for (const { name } of METRICS) {
    const read = READ[name]
    if (read === undefined) continue
    const means = stretches.flatMap((stretch) => meanOf(stretch.map(read)) ?? [])
    if (stretches.length > 0 && means.length === stretches.length) values.set(name, means)
  }
  return {
    size: stretches.length,
    metrics: METRICS.filter(({ name }) => values.has(name)),
    measure: (metrics, weights) =>
      metrics.map(({ name }) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        return (
          (values.get(name) ?? []).reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) / total
        )
      }),
  }
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const there = values.filter((value) => value !== undefined)
  return there.length === 0 ? undefined : there.reduce((sum, value) => sum + value, 0) / there.length
}
