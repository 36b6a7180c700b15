import type { MeteredBytes, SeqNum } from '../../proto/types.ts'
import { sizeOf } from '../semantics/encryption.ts'
import type { StreamState } from '../semantics/stream-state.ts'
import { batchesRange, type StreamId, timestampKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { decodeBatch } from '../store/stored-batch.ts'
import { decodeBytes } from '../store/stored-bytes.ts'

/** Metered bytes of the records below this number, whether they are still in the store or not. */
export async function trimmedBytes(
  store: Store,
  id: StreamId,
  from: SeqNum,
  { tail, appended }: StreamState,
): Promise<MeteredBytes> {
  if (from === 0n) return 0n
  for await (const { value } of store.range(batchesRange(id, from, tail.seqNum))) {
    const records = decodeBatch(value)
    const last = records.at(-1)
    const before = last && (await store.get(timestampKey(id, last.timestamp, last.seqNum)))
    // Without it the batch has just been removed: what is stored begins later.
    if (before === undefined) continue
    const hidden = records.filter(({ seqNum }) => seqNum < from)
    return hidden.reduce((sum, record) => sum + sizeOf(record), decodeBytes(before))
  }
  return appended
}
