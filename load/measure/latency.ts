import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Latency } from '../../reports/load/result.ts'
import { isTold, meanOf, valueAt } from './counts.ts'
import { HIGHEST_US, lowestAt, SIGNIFICANT_DIGITS } from './layout.ts'
import type { Counts } from './recorder.ts'

export const QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999] as const

/** Undefined for nothing. `different` says how many of the values are not of one and the same, where that is not all of them. */
export function latencyOf(counts: Counts, different: number = counts.count): Latency | undefined {
  const mean = meanOf(counts)
  if (mean === undefined) return undefined
  return {
    count: counts.count,
    mean,
    least: counts.least,
    greatest: counts.greatest,
    quantiles: Object.fromEntries(
      QUANTILES.filter((quantile) => isTold({ count: different }, quantile)).map((quantile) => [
        quantileName(quantile),
        valueAt(counts, quantile) ?? 0,
      ]),
    ),
    clipped: counts.clipped,
    histogram: encodeCounts(counts),
  }
}

/** `p99.9` for 0.999. */
export const quantileName = (quantile: number): string => `p${Number((quantile * 100).toFixed(3))}`

/** As HdrHistogram's own tools read it. */
export function encodeCounts({ counts }: Pick<Counts, 'counts'>): string {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
    bitBucketSize: 64,
  })
  counts.forEach((count, place) => {
    if (count > 0) histogram.recordValueWithCount(lowestAt(place), count)
  })
  return encodeIntoCompressedBase64(histogram)
}
