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

/** The last interval of a series may be shorter than a second: beside the others such a shred is no block like them. */
const SHRED_SECONDS = 0.5

/** One interval, and how long it was. */
interface Timed {
  readonly interval: Interval
  readonly seconds: number
}

/** A metric over the seconds in which it was told: its mean is their quotient. */
interface Told {
  readonly sum: number
  readonly seconds: number
}

/**
 * Of one run: its intervals, and of quantiles the mean over intervals, which is not the quantile of the run; each counts by its
 * seconds. It shows how evenly the run went and nothing of how the next would have gone: two runs of one server may differ
 * beyond it.
 */
export function poolSeries(series: readonly Interval[]): Pool {
  const timed = timedIn(series)
  const length = Math.max(1, Math.floor(timed.length / STRETCHES))
  const stretches = Array.from({ length: Math.floor(timed.length / length) }, (_, at) =>
    timed.slice(at * length, (at + 1) * length),
  )
  const values = new Map<MetricName, readonly Told[]>()
  for (const { name } of METRICS) {
    const read = READ[name]
    if (read === undefined) continue
    const told = stretches.flatMap((stretch) => toldIn(stretch, read) ?? [])
    if (stretches.length > 0 && told.length === stretches.length) values.set(name, told)
  }
  return {
    size: stretches.length,
    metrics: METRICS.filter(({ name }) => values.has(name)),
    measure: (metrics, weights) => metrics.map(({ name }) => meanOf(values.get(name) ?? [], weights)),
  }
}

function timedIn(series: readonly Interval[]): readonly Timed[] {
  const timed = series.map((interval, index) => ({
    interval,
    seconds: interval.at - (series[index - 1]?.at ?? 0),
  }))
  const isShred = (timed.at(-1)?.seconds ?? 0) < SHRED_SECONDS
  return isShred ? timed.slice(0, -1) : timed
}

/** Undefined where none of them tells it. */
function toldIn(
  stretch: readonly Timed[],
  read: (interval: Interval) => number | undefined,
): Told | undefined {
  let [sum, all] = [0, 0]
  for (const { interval, seconds } of stretch) {
    const value = read(interval)
    if (value === undefined) continue
    sum += value * seconds
    all += seconds
  }
  return all === 0 ? undefined : { sum, seconds: all }
}

/** When the told of index i counts `weights[i]` times. */
function meanOf(told: readonly Told[], weights: readonly number[]): number {
  let [total, all] = [0, 0]
  told.forEach(({ sum, seconds }, at) => {
    total += sum * (weights[at] ?? 0)
    all += seconds * (weights[at] ?? 0)
  })
  return total / all
}
