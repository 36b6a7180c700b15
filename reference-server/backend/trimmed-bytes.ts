import type { MeteredBytes, SeqNum } from '../../proto/types.ts'
import type { StreamState } from '../semantics/append/stream-state.ts'
import { sizeOf } from '../semantics/read/kept-record.ts'
import { Continuity, type MayLack, missing } from '../store/continuity.ts'
import { allTimestamps, batchesRange, timestampKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { decodeBatch } from '../store/stored-batch.ts'
import type { StoredStream } from '../store/stored-stream.ts'
import { decodeSummary } from '../store/stored-summary.ts'

/**
 * Metered bytes of the records below this number, whether they are still in the store or not, and of those that expired.
 * Rejects with `StoreError` `corrupt` where the records that follow are missing.
 */
export function trimmedBytes(
  store: Store,
  stream: Pick<StoredStream, 'id'>,
  from: SeqNum,
  state: StreamState,
  mayLack: MayLack,
): Promise<MeteredBytes> {
  return from === 0n
    ? expiredBytes(store, stream, state, mayLack)
    : bytesBelow(store, stream, from, state, mayLack)
}

async function bytesBelow(
  store: Store,
  { id }: Pick<StoredStream, 'id'>,
  from: SeqNum,
  { tail, appended }: StreamState,
  mayLack: MayLack,
): Promise<MeteredBytes> {
  const continuity = new Continuity(from, mayLack)
  for await (const { key, value } of store.range(batchesRange(id, from, tail.seqNum))) {
    const records = decodeBatch(value)
    continuity.add(key, records)
    const last = records.at(-1)
    const before = last && (await store.get(timestampKey(id, last.timestamp, last.seqNum)))
    if (before === undefined) {
      if (last !== undefined && !mayLack(last.seqNum))
        throw new StoreError(
          'corrupt',
          `the timestamp of the batch that ends with record ${last.seqNum} is missing`,
        )
      // The batch has just been removed: what is stored begins later.
      continue
    }
    const hidden = records.filter(({ seqNum }) => seqNum < from)
    return hidden.reduce((sum, record) => sum + sizeOf(record), decodeSummary(before).appendedBefore)
  }
  continuity.end(tail.seqNum)
  return appended
}

/** Where nothing was trimmed: what was appended before the first batch. */
async function expiredBytes(
  store: Store,
  { id }: Pick<StoredStream, 'id'>,
  { tail, appended }: StreamState,
  mayLack: MayLack,
): Promise<MeteredBytes> {
  for await (const { value } of store.range(allTimestamps(id))) {
    const { appendedBefore } = decodeSummary(value)
    if (appendedBefore > 0n && !mayLack(0n)) throw new StoreError('corrupt', 'the first records are missing')
    return appendedBefore
  }
  if (tail.seqNum > 0n && !mayLack(tail.seqNum - 1n)) throw missing(0n, tail.seqNum)
  return appended
}
