import type { BasinName } from '../semantics/resources/names.ts'
import { deletingRange, trimmingRange } from '../store/keys.ts'
import type { KeyRange } from '../store/store.ts'
import { decodeStream } from '../store/stored-stream.ts'
import type { Context } from './context.ts'
import type { Deletion } from './deletion.ts'
import type { LiveStream } from './live-stream.ts'
import { addressOf, type StreamDirectory } from './stream-directory.ts'
import { removeTrimmed } from './trimming.ts'

/** Takes up the trims and deletions that were promised and not finished (DUR-005, DUR-014). */
export async function resume(
  context: Context,
  directory: StreamDirectory,
  deletion: Deletion,
  basins: readonly BasinName[],
): Promise<void> {
  for await (const stream of marked(context, directory, trimmingRange)) {
    context.background.run(() => removeTrimmed(context, stream))
  }
  for await (const stream of marked(context, directory, deletingRange)) deletion.removeStreamLater(stream)
  for (const name of basins) deletion.removeBasinLater(name)
}

async function* marked(
  { store }: Context,
  directory: StreamDirectory,
  marks: KeyRange,
): AsyncGenerator<LiveStream, void, undefined> {
  for await (const { value } of store.range(marks)) {
    const stream = await directory.find(addressOf(decodeStream(value)))
    if (stream !== undefined) yield stream
  }
}
