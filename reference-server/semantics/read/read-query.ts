import { MAX_BATCH_RECORDS, MAX_METERED_BYTES, MAX_UNARY_WAIT_SECONDS } from '../../../proto/limits.ts'
import type { ReadEnd, ReadStart } from '../../../proto/types.ts'
import { invalid, type Refusal } from '../refusal.ts'

/** Refused as `invalid`, for streams that do not exist too: two selectors (READ-003), `timestamp` not below `until` (READ-028). */
export function checkReadQuery(start: ReadStart, end: ReadEnd): Refusal | undefined {
  const selectors = [start.seqNum, start.timestamp, start.tailOffset].filter(
    (selector) => selector !== undefined,
  )
  if (selectors.length > 1) return invalid('at most one of seq_num, timestamp and tail_offset may be given')
  if (start.timestamp !== undefined && end.until !== undefined && start.timestamp >= end.until) {
    return invalid('timestamp must be below until')
  }
  return undefined
}

const isBounded = ({ count, bytes, until }: ReadEnd): boolean =>
  count !== undefined || bytes !== undefined || until !== undefined

/**
 * Whether a read at the tail is served, and not refused as unwritten (READ-009, READ-010, READ-044): one without bounds, or one
 * that is told to wait. It need not wait there: without bounds and with `wait=0` it ends at once (READ-048).
 */
export function mayStandAtTail(end: ReadEnd): boolean {
  return !isBounded(end) || (end.wait ?? 0) > 0
}

/**
 * Seconds that a read waits at the tail for a record, counted from its last delivery, or if it has had none, from when it came
 * to the tail (READ-050, READ-051). Without `wait` an unbounded
 * session follows for ever (READ-047) and a bounded one ends at the tail (READ-049); `wait=0` ends both there (READ-048,
 * READ-044).
 */
export function waitAtTail(end: ReadEnd): number {
  return end.wait ?? (isBounded(end) ? 0 : Number.POSITIVE_INFINITY)
}

/** A unary read is always bounded: 1000 records (READ-030), 1 MiB (READ-031), and 60 s of waiting (READ-043). */
export function unaryEnd({ count, bytes, until, wait }: ReadEnd): ReadEnd {
  return {
    count: smaller(count, BigInt(MAX_BATCH_RECORDS)),
    bytes: smaller(bytes, MAX_METERED_BYTES),
    ...(until === undefined ? {} : { until }),
    wait: Math.min(wait ?? 0, MAX_UNARY_WAIT_SECONDS),
  }
}

const smaller = (given: bigint | undefined, most: bigint): bigint =>
  given === undefined || given > most ? most : given
