/** Quantiles from here on are those of the tail. */
const TAIL = 0.95

/**
 * By how much a quantile of latencies may differ from the truth, both in microseconds, in numbers that are called valid: 1 % and
 * 0.2 ms, and in the tail a millisecond where that is more.
 */
export function tolerance(quantile: number, microseconds: number): number {
  const usual = microseconds / 100 + 200
  return quantile < TAIL ? usual : Math.max(usual, 1000)
}
