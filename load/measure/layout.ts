/**
 * The places that values have in an HdrHistogram of three significant digits from 1 µs to one hour: 2,048 places of 1 µs,
 * then 1,024 of 2 µs, 1,024 of 4 µs, and so on. The same index means the same in HdrHistogram's own files.
 */

/** Three digits: two values in one place differ by less than a thousandth. */
export const SIGNIFICANT_DIGITS = 3

/** One hour in microseconds. */
export const HIGHEST_US = 3_600_000_000

const SUB_BUCKETS = 2048
const HALF = SUB_BUCKETS / 2
/** 2^11 values stand in the first bucket, and each bucket doubles the range: 2^(11 + 21) µs are more than an hour. */
const BUCKETS = 22

export const PLACES: number = (BUCKETS + 1) * HALF

/** The place of a whole number of microseconds from 0 to `HIGHEST_US`. */
export function placeOf(microseconds: number): number {
  if (microseconds < SUB_BUCKETS) return microseconds
  const bucket = bucketOf(microseconds)
  return bucket * HALF + Math.floor(microseconds / 2 ** bucket)
}

/** The lowest value of a place, in microseconds. */
export function lowestAt(place: number): number {
  if (place < SUB_BUCKETS) return place
  const bucket = Math.floor(place / HALF) - 1
  return (place - bucket * HALF) * 2 ** bucket
}

/** The highest value of a place, in microseconds: what a percentile says, as it must not say too little. */
export const highestAt = (place: number): number => lowestAt(place + 1) - 1

/** How often the first bucket's range doubles until it holds the value. */
function bucketOf(microseconds: number): number {
  // 32 bits hold 71 minutes.
  return 32 - 11 - Math.clz32(microseconds)
}
