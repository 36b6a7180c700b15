import type { SeqNum } from '../../../proto/types.ts'
import type { FencingToken } from '../batch/fencing-token.ts'
import type { Refusal } from '../refusal.ts'

/** An absent token is not checked: fencing is cooperative (APP-016). A mismatch reports the current token (APP-015, APP-018). */
export function checkFencingToken(
  current: FencingToken,
  given: FencingToken | undefined,
): Refusal | undefined {
  if (given === undefined || given === current) return undefined
  return { refusal: 'fencing-token-mismatch', actual: current }
}

/**
 * `next` is the sequence number that the batch's first record would get; a mismatch reports it (APP-011, APP-013). Zero is a
 * value (APP-012).
 */
export function checkMatchSeqNum(next: SeqNum, wanted: SeqNum | undefined): Refusal | undefined {
  if (wanted === undefined || wanted === next) return undefined
  return { refusal: 'seq-num-mismatch', actual: next }
}
