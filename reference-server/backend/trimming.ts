import type { SeqNum } from '../../proto/types.ts'
import { recordsRange, seqNumOf, timestampKey, trimmingKey } from '../store/keys.ts'
import type { Write } from '../store/store.ts'
import { timestampOf } from '../store/stored-record.ts'
import type { Context } from './context.ts'
import type { LiveStream } from './live-stream.ts'

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

/** Removes what can no longer be read, oldest first (CMD-026). Two at once do no harm. */
export async function removeTrimmed(context: Context, stream: LiveStream): Promise<void> {
  const { id } = stream.stored
  const { background, store } = context
  const trimPoint = stream.visibleFrom
  for (let from: SeqNum | undefined = 0n; from !== undefined && !background.stopping; ) {
    const { writes, next } = await oldest(context, id, from, trimPoint)
    // A later trim has put the mark anew, with a commit before or after this one.
    if (next === undefined && stream.sequenced.trimPoint === trimPoint) {
      writes.push({ type: 'del', key: trimmingKey(id) })
    }
    if (writes.length > 0) await store.commit(writes)
    from = next
  }
}

async function oldest(
  { store, options }: Context,
  id: bigint,
  from: SeqNum,
  to: SeqNum,
): Promise<{ readonly writes: Write[]; readonly next: SeqNum | undefined }> {
  const writes: Write[] = []
  for await (const { key, value } of store.range(recordsRange(id, from, to))) {
    const seqNum = seqNumOf(key)
    if (writes.length >= 2 * options.removedAtOnce) return { writes, next: seqNum }
    writes.push({ type: 'del', key }, { type: 'del', key: timestampKey(id, timestampOf(value), seqNum) })
  }
  return { writes, next: undefined }
}
