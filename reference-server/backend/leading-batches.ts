import type { SeqNum } from '../../proto/types.ts'
import { batchKey, lastOfTimestampKey, type StreamId } from '../store/keys.ts'
import type { KeyRange, Write } from '../store/store.ts'
import { type BatchSummary, decodeSummary } from '../store/stored-summary.ts'
import type { Context } from './context.ts'

export interface StoredBatch extends BatchSummary {
  /** Number of its last record. */
  readonly last: SeqNum
}

/** One step of a removal. */
export interface Step {
  readonly writes: Write[]
  /** Number after the last record that goes, if any goes. */
  readonly next: SeqNum | undefined
  /** Where the next step begins; undefined if this is the last. */
  readonly left: KeyRange | undefined
  /** The first batch that stays, as far as one was met. */
  readonly stays: StoredBatch | undefined
}

/**
 * Removes the batches before the first one that stays, oldest first, a bounded number at once. `timestamps` are those of
 * the stream, or what an earlier step has left: they ascend with the numbers, so they list the batches in order, without
 * their records.
 */
export async function leadingBatches(
  { store, options }: Pick<Context, 'store' | 'options'>,
  id: StreamId,
  timestamps: KeyRange,
  goes: (batch: StoredBatch) => boolean,
): Promise<Step> {
  const writes: Write[] = []
  let next: SeqNum | undefined
  for await (const { key, value } of store.range(timestamps)) {
    const last = lastOfTimestampKey(key)
    const batch = { last, ...decodeSummary(value) }
    if (!goes(batch)) return { writes, next, left: undefined, stays: batch }
    if (writes.length >= 2 * options.removedAtOnce) {
      return { writes, next, left: { from: key, to: timestamps.to }, stays: undefined }
    }
    writes.push({ type: 'del', key: batchKey(id, last) }, { type: 'del', key })
    next = last + 1n
  }
  return { writes, next, left: undefined, stays: undefined }
}
