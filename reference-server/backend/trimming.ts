import type { SeqNum } from '../../proto/types.ts'
import { allTimestamps, batchKey, lastOfTimestampKey, trimmingKey } from '../store/keys.ts'
import type { KeyRange, Write } from '../store/store.ts'
import type { Context } from './context.ts'
import type { LiveStream } from './live-stream.ts'
import { trimmedBytes } from './trimmed-bytes.ts'

/**
 * A durable trim takes effect late: readers under way have time to pass (CMD-020). It is resumed after a restart, by the
 * mark that was written with it (DUR-005).
 */
export function trimLater(context: Context, stream: LiveStream, trimPoint: SeqNum): void {
  context.background.after(context.options.trimDelay, () => {
    stream.hideBelow(trimPoint)
    return removeTrimmed(context, stream)
  })
}

/**
 * Removes the batches that can no longer be read, oldest first (CMD-026); one that is trimmed in part stays whole. Two
 * removals at once do no harm.
 */
export async function removeTrimmed(context: Context, stream: LiveStream): Promise<void> {
  const { id } = stream.stored
  const { background, store } = context
  const trimPoint = stream.visibleFrom
  stream.noteTrimmed(await trimmedBytes(store, id, trimPoint, stream.durable))
  for (let rest: KeyRange | undefined = allTimestamps(id); rest !== undefined && !background.stopping; ) {
    const { writes, left } = await oldest(context, id, rest, trimPoint)
    // A later trim has put the mark anew, with a commit before or after this one.
    if (left === undefined && stream.sequenced.trimPoint === trimPoint) {
      writes.push({ type: 'del', key: trimmingKey(id) })
    }
    if (writes.length > 0) await store.commit(writes)
    rest = left
  }
}

/** Timestamps ascend with the numbers, so they list the batches in order, without their records. */
async function oldest(
  { store, options }: Context,
  id: bigint,
  timestamps: KeyRange,
  trimPoint: SeqNum,
): Promise<{ readonly writes: Write[]; readonly left: KeyRange | undefined }> {
  const writes: Write[] = []
  for await (const { key } of store.range(timestamps)) {
    const last = lastOfTimestampKey(key)
    if (last >= trimPoint) break
    if (writes.length >= 2 * options.removedAtOnce) return { writes, left: { from: key, to: timestamps.to } }
    writes.push({ type: 'del', key: batchKey(id, last) }, { type: 'del', key })
  }
  return { writes, left: undefined }
}
