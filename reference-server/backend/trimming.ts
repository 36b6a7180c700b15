import type { SeqNum } from '../../proto/types.ts'
import { allTimestamps, trimmingKey } from '../store/keys.ts'
import type { KeyRange } from '../store/store.ts'
import type { Context } from './context.ts'
import { onStream } from './damage.ts'
import { leadingBatches } from './leading-batches.ts'
import { sweepAfter } from './sweep-after.ts'
import type { TrimmableStream } from './trimmable-stream.ts'
import { trimmedBytes } from './trimmed-bytes.ts'

/**
 * A durable trim takes effect late: readers under way have time to pass (CMD-020). It is resumed after a restart, by the
 * mark that was written with it (DUR-005).
 */
export function trimLater(context: Context, stream: TrimmableStream, trimPoint: SeqNum): void {
  context.background.after(context.options.trimDelay, () => {
    stream.hideBelow(trimPoint)
    return removeTrimmed(context, stream)
  })
}

/**
 * Removes the batches that can no longer be read, oldest first (CMD-026); one that is trimmed in part stays whole. Two
 * removals at once do no harm.
 */
export function removeTrimmed(context: Context, stream: TrimmableStream): Promise<void> {
  return onStream(stream.stored, () => remove(context, stream))
}

async function remove(context: Context, stream: TrimmableStream): Promise<void> {
  const { id } = stream.stored
  const { background, clock, store, sweepAlarm } = context
  const trimPoint = stream.visibleFrom
  const mayLack = (seqNum: SeqNum): boolean => stream.mayLack(seqNum)
  stream.noteTrimmed(await trimmedBytes(store, stream.stored, trimPoint, stream.durable, mayLack))
  for (let rest: KeyRange | undefined = allTimestamps(id); rest !== undefined && !background.stopping; ) {
    const { writes, left, stays } = await leadingBatches(context, id, rest, ({ last }) => last < trimPoint)
    // A later trim has put the mark anew, with a commit before or after this one.
    if (left === undefined && stream.sequenced.trimPoint === trimPoint) {
      writes.push({ type: 'del', key: trimmingKey(id) })
    }
    if (writes.length > 0) await store.commit(writes)
    // What hid behind the batches that are gone may be the next to expire, or there is nothing left.
    if (stays !== undefined) sweepAfter(context, stays.keptUntil)
    else if (left === undefined && stream.stored.config.deleteOnEmptyMinAge > 0n) sweepAlarm.want(clock.now())
    rest = left
  }
}
