import type { Position, ReadStart, SeqNum, Timestamp } from '../../../proto/types.ts'
import type { Refusal } from '../refusal.ts'

/** Where a read begins: at the earliest retained record with at least this sequence number, or at least this timestamp. */
export type StartPoint =
  | { readonly from: 'seq-num'; readonly seqNum: SeqNum }
  | { readonly from: 'timestamp'; readonly timestamp: Timestamp }

/**
 * Resolves a start against the durable tail. No selector means the tail (READ-002); `tailOffset` saturates at 0 (READ-006).
 * Refused as `unwritten`, with the tail (READ-060):
 * - A number beyond the tail, or a timestamp beyond the last, unless it is clamped to the tail (READ-007, READ-008, READ-011).
 * - The tail itself, clamped to or not, for a read that may not stand there (READ-009, READ-012).
 *
 * A timestamp that is not refused says where to look, and not yet what is there. So whoever has looked asks again, for the
 * number that was found, or the tail if the records that old are all gone: then that is what may be refused (READ-015, READ-016).
 */
export function resolveStart(
  start: ReadStart,
  tail: Position,
  mayStandAtTail: boolean,
): StartPoint | Refusal {
  const wanted = startPoint(start, tail)
  const beyond = wanted.from === 'timestamp' ? wanted.timestamp > tail.timestamp : wanted.seqNum > tail.seqNum
  if (beyond && start.clamp !== true) return { refusal: 'unwritten', tail }
  const point: StartPoint = beyond ? { from: 'seq-num', seqNum: tail.seqNum } : wanted
  const atTail = point.from === 'seq-num' && point.seqNum === tail.seqNum
  return atTail && !mayStandAtTail ? { refusal: 'unwritten', tail } : point
}

function startPoint({ seqNum, timestamp, tailOffset }: ReadStart, tail: Position): StartPoint {
  if (timestamp !== undefined) return { from: 'timestamp', timestamp }
  if (seqNum !== undefined) return { from: 'seq-num', seqNum }
  const offset = tailOffset ?? 0n
  return { from: 'seq-num', seqNum: offset > tail.seqNum ? 0n : tail.seqNum - offset }
}
