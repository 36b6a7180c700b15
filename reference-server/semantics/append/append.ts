import type { Position, SequencedRecord, Timestamp } from '../../../proto/types.ts'
import type { Batch, BatchRecord } from '../batch/batch.ts'
import { type Cipher, checkSealable } from '../batch/encryption.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { checkFencingToken, checkMatchSeqNum } from './conditions.ts'
import type { StreamState } from './stream-state.ts'
import { assignTimestamp, type Timestamping } from './timestamping.ts'
import { effectiveTrimPoint } from './trim.ts'

/** A batch that has its sequence numbers. It is acknowledged once it is durable (APP-006). */
export interface Sequenced {
  readonly state: StreamState
  readonly records: readonly SequencedRecord[]
  /** Position of the first record (APP-002). */
  readonly start: Position
  /** One past the last sequence number, with the last record's timestamp: the tail right after the batch. */
  readonly end: Position
}

/**
 * Appends a batch that arrived at `now`: all of it, or nothing (APP-004, APP-005, APP-026). Refused, in this order: the
 * fencing token (APP-015), which is compared with the token before the batch (APP-024); then `matchSeqNum` (APP-013), which
 * is not looked at where the token already failed (APP-019); record by record, a sequence number that the cipher of the
 * stream cannot seal (APP-057) and a missing timestamp (APP-032). Both conditions are those of the sequenced state, durable
 * or not (APP-022). Commands take effect in the order of the records (APP-025, CMD-012) and take a sequence number like any
 * record (CMD-007).
 */
export function append(
  state: StreamState,
  batch: Batch,
  now: Timestamp,
  timestamping: Timestamping,
  cipher: Cipher | undefined,
): Sequenced | Refusal {
  const refusal =
    checkFencingToken(state.fencingToken, batch.fencingToken) ??
    checkMatchSeqNum(state.tail.seqNum, batch.matchSeqNum)
  if (refusal !== undefined) return refusal

  const records: SequencedRecord[] = []
  let after = { ...state, appended: state.appended + batch.size }
  for (const record of batch.records) {
    const { seqNum } = after.tail
    const unsealable = record.effect.command === 'none' ? checkSealable(cipher, seqNum) : undefined
    if (unsealable !== undefined) return unsealable
    const assigned = assignTimestamp(timestamping, after.tail.timestamp, record.timestamp, now)
    if (isRefusal(assigned)) return assigned
    records.push({ seqNum, timestamp: assigned.timestamp, headers: record.headers, body: record.body })
    after = applyRecord(after, record, assigned.timestamp)
  }
  const first = records[0]?.timestamp ?? state.tail.timestamp
  return { state: after, records, start: { seqNum: state.tail.seqNum, timestamp: first }, end: after.tail }
}

/** The state after one more record; one arrival instant serves the whole batch (APP-040). */
function applyRecord(state: StreamState, { effect }: BatchRecord, timestamp: Timestamp): StreamState {
  const { seqNum } = state.tail
  const tail = { seqNum: seqNum + 1n, timestamp }
  switch (effect.command) {
    case 'none':
      return { ...state, tail }
    case 'fence':
      return { ...state, tail, fencingToken: effect.token }
    case 'trim':
      return { ...state, tail, trimPoint: effectiveTrimPoint(state.trimPoint, effect.upTo, seqNum) }
  }
}
