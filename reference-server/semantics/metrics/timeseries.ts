import { type MetricsRange, SECONDS_OF } from './metrics-query.ts'

/** A moment in Unix seconds, and a number. */
export type Point = readonly [time: number, value: number]

/** Everything is measured by the minute, and noted at its first second. */
export const MINUTE: number = SECONDS_OF.minute

/** The multiple of `step` at or before this. */
export const floorTo = (step: number, time: number): number => time - (time % step)

/**
 * What was counted in the minutes that the range touches, summed over buckets that begin at multiples of the interval; the
 * first may begin before the range, and holds what is within (CP-MET-021, CP-MET-034). Empty buckets are left out
 * (CP-MET-033).
 */
export function accumulate(
  counts: Iterable<Point>,
  { start, end, interval }: MetricsRange,
): readonly Point[] {
  if (start === end) return []
  const sums = new Map<number, number>()
  for (const [minute, count] of counts) {
    if (minute < floorTo(MINUTE, start) || minute >= end) continue
    const bucket = floorTo(SECONDS_OF[interval], minute)
    sums.set(bucket, (sums.get(bucket) ?? 0) + count)
  }
  return [...sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => a - b)
}

/**
 * What a gauge showed in each interval that the range touches and that has begun, also where nothing changed (CP-MET-033):
 * at the end of the interval, or `now` in the one under way. Known are what it shows now and by how much it changed in each
 * minute; where that does not add up it shows 0. A range without length is one reading.
 */
export function readings(
  changes: Iterable<Point>,
  current: number,
  { start, end, interval }: MetricsRange,
  now: number,
): readonly Point[] {
  const step = SECONDS_OF[interval]
  const first = floorTo(step, start)
  const last = floorTo(step, Math.min(Math.max(end - 1, start), now))
  const latestFirst = [...changes].sort(([a], [b]) => b - a)
  const points: Point[] = []
  let value = current
  let next = 0
  for (let time = last; time >= first; time -= step) {
    let change = latestFirst[next]
    while (change !== undefined && change[0] >= time + step) {
      value -= change[1]
      change = latestFirst[++next]
    }
    points.push([time, Math.max(0, value)])
  }
  return points.reverse()
}
