import type { Metric } from '../semantics/metrics/metric-sets.ts'
import type { Point } from '../semantics/metrics/timeseries.ts'
import type { Refusal } from '../semantics/refusal.ts'
import { ok } from './test-backend.ts'

/** The points of each series of a set, by name; of a label the names themselves. */
export function seriesOf(
  metrics: readonly Metric[] | Refusal,
): Readonly<Record<string, readonly Point[] | readonly string[]>> {
  return Object.fromEntries(
    ok(metrics).map((metric) => {
      if ('label' in metric) return [metric.label.name, metric.label.values]
      const { name, values } = 'gauge' in metric ? metric.gauge : metric.accumulation
      return [name, values]
    }),
  )
}
