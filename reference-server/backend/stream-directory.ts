import type { MeteredBytes, SeqNum } from '../../proto/types.ts'
import type { StreamState } from '../semantics/append/stream-state.ts'
import { allBatches, batchKey, expiredKey, stateKey, streamKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { decodeState } from '../store/stored-state.ts'
import { decodeStream, type StoredStream } from '../store/stored-stream.ts'
import { decodeStreamId } from '../store/stored-stream-id.ts'
import type { StreamAddress } from './backend.ts'
import type { Context } from './context.ts'
import { onStream } from './damage.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { LiveStream } from './live-stream.ts'
import { trimmedBytes } from './trimmed-bytes.ts'

/**
 * The streams in use, each loaded once (AUT-021). A stream that nobody holds any more is let go some time after the last
 * touch; whoever holds one (a session, a reader, a commit under way, a trim that waits) keeps it, so there are never two
 * sequencers of one stream.
 */
export class StreamDirectory {
  readonly #context: Context
  readonly #lock: KeyedMutex = new KeyedMutex()
  readonly #known: Map<string, WeakRef<LiveStream>> = new Map()
  readonly #collected: FinalizationRegistry<string>
  #touched: Set<LiveStream> = new Set()
  #touchedBefore: Set<LiveStream> = new Set()
  #ageing = false

  constructor(context: Context) {
    this.#context = context
    this.#collected = new FinalizationRegistry((key) => {
      if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key)
    })
  }

  /** What changes whether the stream exists runs here, one at a time. */
  exclusive<Result>(address: StreamAddress, task: () => Promise<Result>): Promise<Result> {
    return this.#lock.run(keyOf(address), task)
  }

  /** The stream if it is in use, without waiting. */
  peek(address: StreamAddress): LiveStream | undefined {
    const stream = this.#known.get(keyOf(address))?.deref()
    if (stream !== undefined) this.#touch(stream)
    return stream
  }

  find(address: StreamAddress): Promise<LiveStream | undefined> {
    return this.exclusive(address, () => this.load(address))
  }

  /** As `find`, for those who are inside `exclusive`. */
  async load(address: StreamAddress): Promise<LiveStream | undefined> {
    const known = this.peek(address)
    if (known !== undefined) return known
    const { store } = this.#context
    const stored = await store.get(streamKey(address.basin, address.stream))
    if (stored === undefined) return undefined
    const stream = decodeStream(stored)
    return await onStream(stream, async () => {
      const state = decodeState(await store.get(stateKey(stream.id)))
      await this.#checkNothingBeyond(stream, state.tail.seqNum)
      const expired = await expiredBelow(store, stream)
      // A deletion that was cut short has removed some.
      const mayLack = (seqNum: SeqNum): boolean => stream.deletedAt !== undefined || seqNum < expired
      const gone = await trimmedBytes(store, stream, state.trimPoint, state, mayLack)
      return this.add(stream, state, gone, expired)
    })
  }

  /** A record past the tail would be given a second content by the next append (DUR-011). */
  async #checkNothingBeyond({ id }: StoredStream, tail: SeqNum): Promise<void> {
    const { to } = allBatches(id)
    for await (const _ of this.#context.store.range({ from: batchKey(id, tail), to })) {
      throw new StoreError('corrupt', 'the store holds a record past the tail of its stream')
    }
  }

  /** Inside `exclusive`, once the stream is durable. */
  add(stored: StoredStream, state: StreamState, trimmed: MeteredBytes, expired: SeqNum = 0n): LiveStream {
    const stream = new LiveStream(this.#context, stored, state, trimmed, expired)
    const key = keyOf(addressOf(stored))
    this.#known.set(key, new WeakRef(stream))
    this.#collected.register(stream, key)
    this.#touch(stream)
    return stream
  }

  /** Inside `exclusive`, once nothing of the stream is left. */
  forget(stream: LiveStream): void {
    this.#known.delete(keyOf(addressOf(stream.stored)))
    this.#touched.delete(stream)
    this.#touchedBefore.delete(stream)
  }

  /** All that are in use, found one by one. */
  *live(): Generator<LiveStream, void> {
    for (const known of this.#known.values()) {
      const stream = known.deref()
      if (stream !== undefined) yield stream
    }
  }

  #touch(stream: LiveStream): void {
    this.#touched.add(stream)
    if (!this.#ageing) this.#ageLater()
  }

  #ageLater(): void {
    this.#ageing = true
    this.#context.background.after(this.#context.options.idleTime, async () => this.#age())
  }

  /** Two generations: what was not touched during a whole one is no longer held here. */
  #age(): void {
    this.#ageing = false
    this.#touchedBefore = this.#touched
    this.#touched = new Set()
    if (this.#touchedBefore.size > 0) this.#ageLater()
  }
}

/** Number after the last record of the stream that has expired and was removed. */
export async function expiredBelow(store: Store, { id }: StoredStream): Promise<SeqNum> {
  const mark = await store.get(expiredKey(id))
  return mark === undefined ? 0n : decodeStreamId(mark)
}

export const addressOf = ({ basin, name }: StoredStream): StreamAddress => ({ basin, stream: name })

/** No stream name and no basin name contains NUL. */
const keyOf = ({ basin, stream }: StreamAddress): string => `${basin}\0${stream}`
