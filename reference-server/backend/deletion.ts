import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { BasinName } from '../semantics/resources/names.ts'
import {
  allBatches,
  allTimestamps,
  deletingKey,
  emptinessKey,
  expiredKey,
  stateKey,
  streamKey,
  streamsRange,
  trimmingKey,
} from '../store/keys.ts'
import type { KeyRange, Write } from '../store/store.ts'
import { decodeStream } from '../store/stored-stream.ts'
import type { StreamAddress } from './backend.ts'
import type { BasinCatalog } from './basin-catalog.ts'
import type { Context } from './context.ts'
import type { LiveStream } from './live-stream.ts'
import type { StreamCatalog } from './stream-catalog.ts'
import { addressOf, type StreamDirectory } from './stream-directory.ts'

/** Streams of a basin that are removed side by side. */
const STREAMS_AT_ONCE = 64

/**
 * Deletion in two steps: a durable mark, which is what a DELETE waits for, and removal in the background, after which the
 * name is free (CP-BAS-085, CP-STR-074). A removal that is cut short goes on after a restart (DUR-014).
 */
export class Deletion {
  readonly #context: Context
  readonly #basins: BasinCatalog
  readonly #streams: StreamCatalog
  readonly #directory: StreamDirectory

  constructor(context: Context, basins: BasinCatalog, streams: StreamCatalog, directory: StreamDirectory) {
    this.#context = context
    this.#basins = basins
    this.#streams = streams
    this.#directory = directory
  }

  async deleteStream(address: StreamAddress): Promise<Refusal | undefined> {
    return await this.deleteStreamIf(address, () => true)
  }

  /** As a DELETE, of a stream of which this is true at that moment. */
  async deleteStreamIf(
    address: StreamAddress,
    applies: (stream: LiveStream) => boolean,
  ): Promise<Refusal | undefined> {
    const marked = await this.#streams.beginDeletion(address, applies)
    if (isRefusal(marked)) return marked
    if (marked.begun) this.removeStreamLater(marked.stream)
    return undefined
  }

  async deleteBasin(name: BasinName): Promise<Refusal | undefined> {
    const marked = await this.#basins.beginDeletion(name)
    if (isRefusal(marked)) return marked
    if (marked.begun) this.removeBasinLater(name)
    return undefined
  }

  removeStreamLater(stream: LiveStream): void {
    this.#context.background.after(this.#delay(), () => this.#removeStream(stream))
  }

  removeBasinLater(name: BasinName): void {
    this.#context.background.after(this.#delay(), () => this.#removeBasin(name))
  }

  #delay(): number {
    return this.#context.rules.flavor.limits.deletion
  }

  /** Streams first, then the basin (CP-BAS-086). Nothing is made in it any more, so the listing ends. */
  async #removeBasin(name: BasinName): Promise<void> {
    const { background } = this.#context
    for (;;) {
      const streams = await this.#someStreams(name)
      if (background.stopping) return
      if (streams.length === 0) return await this.#basins.remove(name)
      await Promise.all(
        streams.map(async (address) => {
          const marked = await this.#streams.beginDeletion(address)
          if (!isRefusal(marked)) await this.#removeStream(marked.stream)
        }),
      )
    }
  }

  async #someStreams(basin: BasinName): Promise<readonly StreamAddress[]> {
    const found: StreamAddress[] = []
    for await (const { value } of this.#context.store.range(streamsRange(basin, '', ''))) {
      found.push(addressOf(decodeStream(value)))
      if (found.length === STREAMS_AT_ONCE) break
    }
    return found
  }

  /**
   * The name goes last, with the state. It may be asked for twice, by a DELETE of the stream and one of its basin: the
   * second finds the name gone or given to another stream.
   */
  async #removeStream(stream: LiveStream): Promise<void> {
    const { background, store } = this.#context
    const { id, basin, name } = stream.stored
    await this.#removeRange(allBatches(id))
    await this.#removeRange(allTimestamps(id))
    await this.#directory.exclusive(addressOf(stream.stored), async () => {
      if (background.stopping || this.#directory.peek(addressOf(stream.stored)) !== stream) return
      const marks = [trimmingKey(id), emptinessKey(id), expiredKey(id), deletingKey(id)]
      const keys = [stateKey(id), ...marks, streamKey(basin, name)]
      await store.commit(keys.map((key) => ({ type: 'del', key })))
      this.#directory.forget(stream)
    })
  }

  async #removeRange(range: KeyRange): Promise<void> {
    const { background, options, store } = this.#context
    while (!background.stopping) {
      const writes: Write[] = []
      for await (const { key } of store.range(range, { keysOnly: true })) {
        writes.push({ type: 'del', key })
        if (writes.length === options.removedAtOnce) break
      }
      if (writes.length === 0) return
      await store.commit(writes)
    }
  }
}
