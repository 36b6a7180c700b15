import type { SeqNum } from '../../../proto/types.ts'

/**
 * The trim point after the command `trim(upTo)` was sequenced at `seqNum`: at most one past the command itself, so that a
 * trim never takes records appended after it (CMD-016, CMD-019), and never lower than before (CMD-017, CMD-018).
 */
export function effectiveTrimPoint(before: SeqNum, upTo: SeqNum, seqNum: SeqNum): SeqNum {
  const clamped = upTo < seqNum + 1n ? upTo : seqNum + 1n
  return clamped > before ? clamped : before
}
