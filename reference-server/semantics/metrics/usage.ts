import type { Operation } from '../access/operation.ts'
import type { MetricsRange } from './metrics-query.ts'
import { floorTo, MINUTE, type Point } from './timeseries.ts'

/**
 * What is counted, minute by minute: requests by operation, for the account or a basin; and of a basin's streams what was
 * appended, by storage class, what was read, and by how much storage grew or shrank. Bytes are metered.
 */
export type Counter =
  | Operation
  | `append-ops:${string}`
  | `append-bytes:${string}`
  | `read-ops:${ReadKind}`
  | 'read-bytes'
  | 'stored-bytes'
  | typeof OLDEST_ENDED

/** A read operation is a unary request, or, which is our reading of CP-HOST-006, a minute of a session on one connection. */
type ReadKind = 'unary' | 'streaming'

export const READ_KINDS: readonly ReadKind[] = ['unary', 'streaming']

/** What was counted in one minute, which is known by its first second. */
export interface MinuteOfUsage {
  readonly minute: number
  readonly counts: ReadonlyMap<string, number>
}

/** Not a count: of the streams that were deleted in the minute, when the oldest was created, in Unix seconds. */
export const OLDEST_ENDED = 'oldest-ended'

/** Two counts of one minute in one. */
export const combine = (counter: string, a: number, b: number): number =>
  counter === OLDEST_ENDED ? Math.min(a, b) : a + b

/** Operations that are counted for the account; the metrics of all levels are among them (CP-MET-034). */
export const COUNTED_FOR_ACCOUNT = [
  'list-basins',
  'create-basin',
  'get-basin-config',
  'reconfigure-basin',
  'delete-basin',
  'list-access-tokens',
  'issue-access-token',
  'revoke-access-token',
  'account-metrics',
  'basin-metrics',
  'stream-metrics',
  'list-locations',
  'get-default-location',
  'set-default-location',
] as const

/** Operations in a basin that are counted for it. Appends and reads have counters of their own. */
export const COUNTED_FOR_BASIN = [
  'list-streams',
  'create-stream',
  'get-stream-config',
  'reconfigure-stream',
  'delete-stream',
  'check-tail',
] as const

export type CountedForAccount = (typeof COUNTED_FOR_ACCOUNT)[number]
export type CountedForBasin = (typeof COUNTED_FOR_BASIN)[number]

/** One counter over time. */
export function* seriesOf(usage: Iterable<MinuteOfUsage>, counter: Counter): Generator<Point, void> {
  for (const { minute, counts } of usage) {
    const count = counts.get(counter)
    if (count !== undefined) yield [minute, count]
  }
}

/**
 * Whether a stream was there at any time of the range, to the minute; a basin that had one was active (CP-MET-032). Times
 * are Unix seconds, `ended` that of the minute in which it was deleted.
 */
export function existedDuring(
  { made, ended }: { readonly made: number; readonly ended: number | undefined },
  { start, end }: Pick<MetricsRange, 'start' | 'end'>,
): boolean {
  return (made < end || made <= start) && (ended === undefined || ended >= floorTo(MINUTE, start))
}
