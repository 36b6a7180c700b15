import { highestAt, lowestAt, PLACES, placeOf } from './layout.ts'
import type { Counts } from './recorder.ts'

export const NO_COUNTS: Counts = {
  count: 0,
  sum: 0,
  least: 0,
  greatest: 0,
  clipped: 0,
  counts: new Float64Array(PLACES),
}

/** Of several threads or machines, without loss. */
export function merge(parts: readonly Counts[]): Counts {
  const some = parts.filter(({ count }) => count > 0)
  const [only = NO_COUNTS] = some
  // Whoever is told each second must not take from the measuring thread what it needs.
  if (some.length < 2) return only
  const counts = new Float64Array(PLACES)
  for (const part of some)
    for (let place = 0; place < PLACES; place++) bump(counts, place, part.counts[place])
  const total = (of: (part: Counts) => number): number => some.reduce((sum, part) => sum + of(part), 0)
  return {
    count: total(({ count }) => count),
    sum: total(({ sum }) => sum),
    least: some.length === 0 ? 0 : Math.min(...some.map(({ least }) => least)),
    greatest: some.reduce((most, { greatest }) => Math.max(most, greatest), 0),
    clipped: total(({ clipped }) => clipped),
    counts,
  }
}

/** What was counted between two snapshots of one recorder; its extremes are known to the place. */
export function since(before: Counts, now: Counts): Counts {
  if (now.count === before.count) return NO_COUNTS
  const counts = new Float64Array(PLACES)
  let first = -1
  let last = -1
  for (let place = 0; place <= placeOf(now.greatest); place++) {
    const count = (now.counts[place] ?? 0) - (before.counts[place] ?? 0)
    counts[place] = count
    if (count > 0) last = place
    if (count > 0 && first < 0) first = place
  }
  return {
    count: now.count - before.count,
    sum: now.sum - before.sum,
    least: first < 0 ? 0 : Math.max(lowestAt(first), now.least),
    greatest: last < 0 ? 0 : Math.min(highestAt(last), now.greatest),
    clipped: now.clipped - before.clipped,
    counts,
  }
}

/**
 * The value in microseconds that this fraction of all values does not exceed, to three digits; undefined for no values.
 * `quantile` lies from 0 to 1.
 */
export function valueAt({ count, counts, greatest }: Counts, quantile: number): number | undefined {
  if (count === 0) return undefined
  const rank = Math.max(1, Math.ceil(quantile * count))
  let seen = 0
  for (let place = 0; place < counts.length; place++) {
    seen += counts[place] ?? 0
    if (seen >= rank) return Math.min(highestAt(place), greatest)
  }
  return greatest
}

export const meanOf = ({ count, sum }: Counts): number | undefined => (count === 0 ? undefined : sum / count)

/** A quantile is told only where at least this many values lie beyond it. */
const BEYOND = 10

/** In whole millionths, since 1 - 0.9999 is less than a ten-thousandth. */
const beyond = (quantile: number): number => Math.round((1 - quantile) * 1e6)

export const isTold = ({ count }: Pick<Counts, 'count'>, quantile: number): boolean =>
  count * beyond(quantile) >= BEYOND * 1e6

/** The least count of which it is told. */
export const neededFor = (quantile: number): number => Math.ceil((BEYOND * 1e6) / beyond(quantile))

function bump(counts: Float64Array, place: number, by: number | undefined): void {
  counts[place] = (counts[place] ?? 0) + (by ?? 0)
}
