import type { Timestamp } from '../../proto/types.ts'
import type { Sequenced } from '../semantics/append/append.ts'
import type { StreamState } from '../semantics/append/stream-state.ts'
import type { KeptRecord } from '../semantics/read/kept-record.ts'
import { batchKey, stateKey, timestampKey, trimmingKey } from '../store/keys.ts'
import type { Write } from '../store/store.ts'
import { encodeBatch } from '../store/stored-batch.ts'
import { encodeState } from '../store/stored-state.ts'
import { encodeStream, type StoredStream } from '../store/stored-stream.ts'
import { encodeSummary } from '../store/stored-summary.ts'

/** A batch that has its numbers, as it is kept. */
export type KeptBatch = Omit<Sequenced, 'records'> & { readonly records: readonly KeptRecord[] }

/** One atomic commit of a batch: its records, where their timestamps find them, and the state after (APP-005, DUR-011). */
export function batchWrites(
  stream: StoredStream,
  { records, state, end }: KeptBatch,
  before: StreamState,
  keptUntil: Timestamp | undefined,
): readonly Write[] {
  const { id } = stream
  const last = end.seqNum - 1n
  const writes: Write[] = [
    { type: 'put', key: stateKey(id), value: encodeState(state) },
    { type: 'put', key: batchKey(id, last), value: encodeBatch(records) },
    {
      type: 'put',
      key: timestampKey(id, end.timestamp, last),
      value: encodeSummary({ appendedBefore: before.appended, keptUntil }),
    },
  ]
  if (state.trimPoint > before.trimPoint) {
    writes.push({ type: 'put', key: trimmingKey(id), value: encodeStream(stream) })
  }
  return writes
}
