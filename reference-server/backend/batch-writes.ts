import type { Sequenced } from '../semantics/append.ts'
import type { StreamState } from '../semantics/stream-state.ts'
import { recordKey, stateKey, timestampKey, trimmingKey } from '../store/keys.ts'
import type { Write } from '../store/store.ts'
import { encodeRecord } from '../store/stored-record.ts'
import { encodeState } from '../store/stored-state.ts'
import { encodeStream, type StoredStream } from '../store/stored-stream.ts'

/** One atomic commit of a batch: records, their timestamps, and the state after them (APP-005, DUR-011). */
export function batchWrites(
  stream: StoredStream,
  { records, state }: Sequenced,
  before: StreamState,
): readonly Write[] {
  const writes: Write[] = [{ type: 'put', key: stateKey(stream.id), value: encodeState(state) }]
  for (const record of records) {
    const { seqNum, timestamp } = record
    writes.push({ type: 'put', key: recordKey(stream.id, seqNum), value: encodeRecord(record) })
    writes.push({ type: 'put', key: timestampKey(stream.id, timestamp, seqNum), value: NOTHING })
  }
  if (state.trimPoint > before.trimPoint) {
    writes.push({ type: 'put', key: trimmingKey(stream.id), value: encodeStream(stream) })
  }
  return writes
}

const NOTHING = new Uint8Array()
