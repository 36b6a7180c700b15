import type { MeteredBytes, Position, SeqNum } from '../../../proto/types.ts'
import { type FencingToken, NO_FENCE } from '../batch/fencing-token.ts'

/** Everything about a stream that decides what the next append does, and what it grew by. Its records are kept beside it. */
export interface StreamState {
  /** Sequence number of the next record, timestamp of the last one: the floor for the next (APP-041). */
  readonly tail: Position
  /** In force until the next fence; survives trims and restarts (CMD-013). */
  readonly fencingToken: FencingToken
  /** First sequence number to keep; records below it go away, sooner or later (CMD-016, CMD-020). */
  readonly trimPoint: SeqNum
  /** Metered bytes of all records ever appended. The `storage` metric is this less what is gone (CP-MET-032). */
  readonly appended: MeteredBytes
}

/** A stream that was never written (TAIL-002, AUT-010). */
export const EMPTY_STREAM: StreamState = {
  tail: { seqNum: 0n, timestamp: 0n },
  fencingToken: NO_FENCE,
  trimPoint: 0n,
  appended: 0n,
}
