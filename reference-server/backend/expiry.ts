import { allTimestamps, expiredKey } from '../store/keys.ts'
import type { KeyRange } from '../store/store.ts'
import { encodeStreamId } from '../store/stored-stream-id.ts'
import type { BatchSummary } from '../store/stored-summary.ts'
import type { Context } from './context.ts'
import { leadingBatches } from './leading-batches.ts'
import type { TrimmableStream } from './trimmable-stream.ts'
import { trimmedBytes } from './trimmed-bytes.ts'

/**
 * Removes the batches at the beginning of the stream that have expired, and returns the first that stays. It is as late
 * as trims are, so that readers under way have time to pass. Nothing is hidden before its removal is durable: what a
 * reader has found gone does not come back with a crash.
 */
export async function removeExpired(
  context: Context,
  stream: TrimmableStream,
): Promise<BatchSummary | undefined> {
  const { background, clock, options, rules, store } = context
  const { id } = stream.stored
  const cutoff = clock.now() - BigInt(options.trimDelay)
  for (let rest: KeyRange | undefined = allTimestamps(id); rest !== undefined && !background.stopping; ) {
    const step = await leadingBatches(context, id, rest, ({ keptUntil }) =>
      rules.isPastRetention(keptUntil, cutoff),
    )
    const { writes, next, left, stays } = step
    if (next === undefined) return stays
    stream.expireBelow(next)
    await store.commit([...writes, { type: 'put', key: expiredKey(id), value: encodeStreamId(next) }])
    stream.hideBelow(next)
    const gone = await trimmedBytes(store, stream.stored, next, stream.durable, (seqNum) =>
      stream.mayLack(seqNum),
    )
    stream.noteTrimmed(gone)
    if (left === undefined) return stays
    rest = left
  }
  return undefined
}
