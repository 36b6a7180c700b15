import { decodeHistogram } from '../../reports/load/histogram.ts'
import type { Latency } from '../../reports/load/result.ts'
import { highestAt, lowestAt, PLACES } from './layout.ts'
import type { Counts } from './recorder.ts'

/**
 * What `encodeCounts` wrote, each count in its place; the sum and the extremes are known to the place. Throws for anything
 * that is no HdrHistogram of this layout.
 */
export function decodeCounts(base64: string): Counts {
  const histogram = decodeHistogram(base64)
  const counts = new Float64Array(PLACES)
  let [count, sum] = [0, 0]
  for (let place = 0; place < Math.min(PLACES, histogram.countsArrayLength); place++) {
    const there = histogram.getCountAtIndex(place)
    counts[place] = there
    count += there
    sum += (there * (lowestAt(place) + highestAt(place))) / 2
  }
  const first = counts.findIndex((each) => each > 0)
  const last = counts.findLastIndex((each) => each > 0)
  return {
    count,
    sum,
    least: first < 0 ? 0 : lowestAt(first),
    greatest: last < 0 ? 0 : highestAt(last),
    clipped: 0,
    counts,
  }
}

/** What a latency was made from: the extremes as they were, the sum to the digits that a mean has. Throws as `decodeCounts`. */
export const countsOf = ({ histogram, count, mean, least, greatest, clipped }: Latency): Counts => ({
  ...decodeCounts(histogram),
  sum: mean * count,
  least,
  greatest,
  clipped,
})
