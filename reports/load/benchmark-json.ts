import { plainJson } from '../../kit/text/plain.ts'
import type { ComparedMetric, LoadComparison } from './comparison.ts'
import { changeText, DECISION_WORDS } from './comparison-words.ts'

/**
 * What `github-action-benchmark` takes as `customSmallerIsBetter` or `customBiggerIsBetter`: the values of head. Its README
 * gives the fields `name`, `unit`, `value`, `range` and `extra`, and one file holds one kind.
 */
export function toGithubBenchmark(comparison: LoadComparison, better: ComparedMetric['better']): string {
  const entries = comparison.metrics
    .filter((metric) => metric.better === better)
    .map(({ name, unit, head, change, decision }) => ({
      name: `${nameOf(comparison)}/${name}`,
      unit,
      value: rounded(head.value),
      range: `${rounded(head.low)} to ${rounded(head.high)}`,
      extra: `${changeText(change)} against base: ${DECISION_WORDS[decision]}`,
    }))
  return `${plainJson(JSON.stringify(entries, undefined, 2))}\n`
}

/** `bench.json` of smaller values is `bench.smaller.json`. */
export const withKind = (path: string, kind: ComparedMetric['better']): string =>
  /\.json$/i.test(path) ? path.replace(/\.json$/i, `.${kind}.json`) : `${path}.${kind}.json`

/** Bencher's names of what is measured, and how much of its unit one of ours is: its latencies are nanoseconds. */
const MEASURES: Readonly<Record<ComparedMetric['unit'], readonly [measure: string, factor: number]>> = {
  µs: ['latency', 1000],
  'appends/s': ['throughput', 1],
  'µs/record': ['cpu-time', 1000],
  'bytes/s': ['bytes-per-second', 1],
}

/** Bencher Metric Format (https://bencher.dev/docs/reference/bencher-metric-format): the values of head, with their intervals. */
export function toBencher(comparison: LoadComparison): string {
  const benchmarks = comparison.metrics.map(({ name, unit, head: { value, low, high } }) => {
    const [measure, factor] = MEASURES[unit]
    const metric = {
      value: rounded(value * factor),
      lower_value: rounded(low * factor),
      upper_value: rounded(high * factor),
    }
    return [`${nameOf(comparison)}/${name}`, { [measure]: metric }] as const
  })
  return `${plainJson(JSON.stringify(Object.fromEntries(benchmarks), undefined, 2))}\n`
}

/** Of the workload. */
const nameOf = ({ workload }: LoadComparison): string =>
  'name' in workload && typeof workload.name === 'string' ? workload.name : 's2-load'

const rounded = (value: number): number => Number(value.toPrecision(6))
