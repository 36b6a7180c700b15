import { MAX_U64 } from '../../../proto/limits.ts'
import type { MeteredBytes, ReadEnd, ReadStart, SeqNum, SequencedRecord } from '../../../proto/types.ts'
import { meteredSize } from '../batch/metered-size.ts'

/** What the id of a batch event says, and `Last-Event-ID` brings back (SSE-004, SSE-009). */
export interface Delivered {
  /** Sequence number of the last record. */
  readonly seqNum: SeqNum
  /** Records and metered bytes so far: of the response that this event is in, and of those that it resumed. */
  readonly count: bigint
  readonly bytes: MeteredBytes
}

/**
 * A read that goes on after this event: at the next sequence number, whatever the start was, with what is left of the
 * bounds; a bound that is used up is 0 (SSE-009, SSE-013 to SSE-016).
 */
export function resumeRead(
  start: ReadStart,
  end: ReadEnd,
  { seqNum, count, bytes }: Delivered,
): { readonly start: ReadStart; readonly end: ReadEnd } {
  return {
    start: { seqNum: atMost(seqNum + 1n), ...(start.clamp !== undefined && { clamp: start.clamp }) },
    end: {
      ...end,
      ...(end.count !== undefined && { count: less(end.count, count) }),
      ...(end.bytes !== undefined && { bytes: less(end.bytes, bytes) }),
    },
  }
}

/**
 * The id of the event after `before`. It goes on counting from the id that was resumed, so that a client which brings its
 * newest id with its first query gets what it asked for (SSE-010). An event without records has none.
 */
export function nextEventId(
  before: Delivered | undefined,
  records: readonly SequencedRecord[],
): Delivered | undefined {
  const last = records.at(-1)
  if (last === undefined) return undefined
  let bytes = before?.bytes ?? 0n
  for (const record of records) bytes += meteredSize(record)
  const count = (before?.count ?? 0n) + BigInt(records.length)
  return { seqNum: last.seqNum, count: atMost(count), bytes: atMost(bytes) }
}

const atMost = (sum: bigint): bigint => (sum < MAX_U64 ? sum : MAX_U64)

const less = (bound: bigint, used: bigint): bigint => (bound > used ? bound - used : 0n)
