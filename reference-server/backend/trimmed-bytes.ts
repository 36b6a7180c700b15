import type { MeteredBytes, SeqNum } from '../../proto/types.ts'
import { sizeOf } from '../semantics/kept-record.ts'
import type { StreamState } from '../semantics/stream-state.ts'
import { allTimestamps, batchesRange, type StreamId, timestampKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { decodeBatch } from '../store/stored-batch.ts'
import { decodeSummary } from '../store/stored-summary.ts'

/** Metered bytes of the records below this number, whether they are still in the store or not, and of those that expired. */
export async function trimmedBytes(
  store: Store,
  id: StreamId,
  from: SeqNum,
  { tail, appended }: StreamState,
): Promise<MeteredBytes> {
  if (from === 0n) return await expiredBytes(store, id, appended)
  for await (const { value } of store.range(batchesRange(id, from, tail.seqNum))) {
    const records = decodeBatch(value)
    const last = records.at(-1)
    const before = last && (await store.get(timestampKey(id, last.timestamp, last.seqNum)))
    // Without it the batch has just been removed: what is stored begins later.
    if (before === undefined) continue
    const hidden = records.filter(({ seqNum }) => seqNum < from)
    return hidden.reduce((sum, record) => sum + sizeOf(record), decodeSummary(before).appendedBefore)
  }
  return appended
}

/** Where nothing was trimmed: what was appended before the first batch. */
async function expiredBytes(store: Store, id: StreamId, appended: MeteredBytes): Promise<MeteredBytes> {
  for await (const { value } of store.range(allTimestamps(id))) return decodeSummary(value).appendedBefore
  return appended
}
