import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js'
import { highestAt, lowestAt, PLACES, SIGNIFICANT_DIGITS } from './layout.ts'
import type { Counts } from './recorder.ts'

/**
 * What `encodeCounts` wrote, each count in its place; the sum and the extremes are known to the place. Throws for anything
 * that is no HdrHistogram of this layout.
 */
export function decodeCounts(base64: string): Counts {
  const histogram = decodeFromCompressedBase64(base64, 64)
  const isOurs =
    histogram instanceof JsHistogram &&
    histogram.numberOfSignificantValueDigits === SIGNIFICANT_DIGITS &&
    histogram.lowestDiscernibleValue === 1
  if (!isOurs) throw new Error(`a histogram that is not of ${SIGNIFICANT_DIGITS} digits from 1 µs on`)
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
