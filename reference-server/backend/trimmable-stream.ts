import type { MeteredBytes, SeqNum } from '../../proto/types.ts'
import type { StreamState } from '../semantics/append/stream-state.ts'
import type { StoredStream } from '../store/stored-stream.ts'

/** A stream as the removal of its oldest records sees it. */
export interface TrimmableStream {
  readonly stored: StoredStream
  readonly sequenced: StreamState
  readonly durable: StreamState
  readonly visibleFrom: SeqNum
  hideBelow(seqNum: SeqNum): void
  expireBelow(seqNum: SeqNum): void
  mayLack(seqNum: SeqNum): boolean
  noteTrimmed(gone: MeteredBytes): void
}
