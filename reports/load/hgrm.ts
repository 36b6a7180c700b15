import { decodeHistogram } from './histogram.ts'
import type { LatencyName, LoadResult } from './result.ts'

/** As HdrHistogram's own tools print it: five lines for each halving of what is left, in milliseconds. */
const LINES_OF_A_HALF = 5
const US_OF_A_MS = 1000

/** The distribution of one latency. Throws an `Error` for one that was not measured. */
export function render({ latencies }: LoadResult, name: LatencyName = 'response'): string {
  const latency = latencies[name]
  if (latency === undefined) throw new Error(`the result has no ${name} latency`)
  return decodeHistogram(latency.histogram).outputPercentileDistribution(LINES_OF_A_HALF, US_OF_A_MS)
}
