import { invalid, type Refusal } from '../refusal.ts'

/** Length of a bucket of a time series. */
export type Interval = 'minute' | 'hour' | 'day'

export const SECONDS_OF: Readonly<Record<Interval, number>> = { minute: 60, hour: 3600, day: 86_400 }

/** What a metric set is asked with. Times are Unix seconds. */
export interface MetricsQuery {
  readonly start: number | undefined
  readonly end: number | undefined
  readonly interval: Interval | undefined
}

/** From `start` up to, not including, `end` (CP-MET-021), in buckets of `interval`; without length nothing is counted in it. */
export interface MetricsRange {
  readonly start: number
  readonly end: number
  readonly interval: Interval
}

/** Intervals that a set has; the first is its default (CP-MET-019, CP-MET-020). */
export type SetIntervals = readonly [byDefault: Interval, ...others: Interval[]]

export type AccountSet = 'active-basins' | 'account-ops'

/** CP-MET-010. */
export const ACCOUNT_SETS: Readonly<Record<AccountSet, SetIntervals>> = {
  // No time series: its interval says nothing.
  'active-basins': ['hour', 'minute', 'day'],
  'account-ops': ['hour', 'minute', 'day'],
}

export type BasinSet =
  | 'storage'
  | 'append-ops'
  | 'read-ops'
  | 'read-throughput'
  | 'append-throughput'
  | 'basin-ops'

/** CP-MET-011. */
export const BASIN_SETS: Readonly<Record<BasinSet, SetIntervals>> = {
  storage: ['hour'],
  'append-ops': ['minute', 'hour', 'day'],
  'read-ops': ['minute', 'hour', 'day'],
  'read-throughput': ['minute', 'hour', 'day'],
  'append-throughput': ['minute', 'hour', 'day'],
  'basin-ops': ['hour', 'minute', 'day'],
}

export type StreamSet = 'storage'

/** CP-MET-012. */
export const STREAM_SETS: Readonly<Record<StreamSet, SetIntervals>> = { storage: ['minute'] }

/** Clients' clocks may be this much ahead, in seconds: the figure of the Go SDK's tables (CP-MET-016). */
const END_LEEWAY: number = 60

/** 30 days in seconds (CP-MET-017). */
export const LONGEST_SPAN: number = 2_592_000

/**
 * The range of a query at `now`, in Unix seconds. Refused as `invalid`: no start or no end (CP-MET-014), an end before the
 * start (CP-MET-015) or in the future (CP-MET-016), more than 30 days (CP-MET-017), an interval that the set does not have
 * (CP-MET-019).
 */
export function resolveMetricsQuery(
  [byDefault, ...others]: SetIntervals,
  { start, end, interval = byDefault }: MetricsQuery,
  now: number,
): MetricsRange | Refusal {
  if (start === undefined || end === undefined) return invalid('start and end are both required')
  if (start > end) return invalid('start must not be after end')
  if (end > now + END_LEEWAY) return invalid('end must not be more than a minute in the future')
  if (end - start > LONGEST_SPAN) return invalid('start and end must be at most 30 days apart')
  if (interval !== byDefault && !others.includes(interval)) {
    return invalid(`the interval of this set must be one of: ${[byDefault, ...others].join(', ')}`)
  }
  return { start, end, interval }
}
