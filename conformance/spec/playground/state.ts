import type { SequencedRecord, Timestamp } from '../../../proto/types.ts'
import { EMPTY_STREAM, type StreamState } from '../../../reference-server/semantics/append/stream-state.ts'
import {
  type ResolvedStreamConfig,
  SYSTEM_STREAM_CONFIG,
} from '../../../reference-server/semantics/resources/config.ts'

/** The stream after some steps. */
export interface SessionState {
  readonly now: Timestamp
  readonly stream: StreamState
  /** Every record that was appended, trimmed ones included. */
  readonly records: readonly SequencedRecord[]
  readonly config: ResolvedStreamConfig
}

/** The arrival time of a first request without delay: 2026-01-01T00:00:00Z. */
export const START_TIME: Timestamp = 1_767_225_600_000n

/** A stream that was never written. It keeps its records for ever, so that only trims remove them. */
export const FRESH: SessionState = {
  now: START_TIME,
  stream: EMPTY_STREAM,
  records: [],
  config: { ...SYSTEM_STREAM_CONFIG, retention: { infinite: true } },
}

/** The records that a read can find. */
export const retained = ({ records, stream }: SessionState): readonly SequencedRecord[] =>
  records.filter(({ seqNum }) => seqNum >= stream.trimPoint)
