import type { Timestamp } from '../../proto/types.ts'
import { allStreams, allTimestamps, emptinessKey, stateKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import { decodeEmptiness, type Emptiness, encodeEmptiness } from '../store/stored-emptiness.ts'
import { decodeState } from '../store/stored-state.ts'
import { decodeStream, type StoredStream } from '../store/stored-stream.ts'
import { type BatchSummary, decodeSummary } from '../store/stored-summary.ts'
import type { Context } from './context.ts'
import { onStream } from './damage.ts'
import type { Deletion } from './deletion.ts'
import { removeExpired } from './expiry.ts'
import { addressOf, type StreamDirectory } from './stream-directory.ts'
import { sweepAfter } from './sweep-after.ts'

/**
 * Looks at every stream when there is one to look after: removes records that have expired (AUT-014), and deletes streams
 * that have been empty for long enough (AUT-016). All it goes by is in the store, so a restart costs nothing but time.
 * Streams that nobody uses are read of, not loaded.
 */
export class Sweep {
  readonly #context: Context
  readonly #directory: StreamDirectory
  readonly #deletion: Deletion

  constructor(context: Context, directory: StreamDirectory, deletion: Deletion) {
    this.#context = context
    this.#directory = directory
    this.#deletion = deletion
  }

  /** From now on, until the server stops. A store that has streams is looked through once, to learn what is due when. */
  async start(): Promise<void> {
    const { clock, store, sweepAlarm } = this.#context
    sweepAlarm.start(() => this.#sweep())
    for await (const _ of store.range(allStreams)) return sweepAlarm.want(clock.now())
  }

  async #sweep(): Promise<void> {
    const { background, store } = this.#context
    for await (const { value } of store.range(allStreams)) {
      if (background.stopping) return
      const stream = decodeStream(value)
      if (stream.deletedAt === undefined) await onStream(stream, () => this.#lookAfter(stream))
    }
  }

  /** Has the next sweep come when there will be something to do for this stream. */
  async #lookAfter(stream: StoredStream): Promise<void> {
    const { clock, options, rules, store } = this.#context
    const oldest = await oldestBatch(store, stream)
    const goes =
      oldest !== undefined && rules.isPastRetention(oldest.keptUntil, clock.now() - BigInt(options.trimDelay))
    const stays = goes ? await this.#expire(stream) : oldest
    if (stays === undefined) await this.#lookAfterEmpty(stream)
    else sweepAfter(this.#context, stays.keptUntil)
  }

  async #expire(stream: StoredStream): Promise<BatchSummary | undefined> {
    const found = await this.#directory.find(addressOf(stream))
    return found?.stored.id === stream.id ? await removeExpired(this.#context, found) : undefined
  }

  async #lookAfterEmpty(stream: StoredStream): Promise<void> {
    const { clock, sweepAlarm } = this.#context
    if (stream.config.deleteOnEmptyMinAge === 0n) return
    const emptiness = await this.#emptiness(stream)
    if (emptiness === undefined) return
    const due = this.#deletionDue(stream, emptiness)
    if (due === undefined) return
    if (due > clock.now()) return sweepAlarm.want(due)
    // Judged once more where nothing can come between, as it is by then.
    await this.#deletion.deleteStreamIf(addressOf(stream), ({ stored, sequenced }) => {
      if (stored.id !== stream.id || sequenced.tail.seqNum !== emptiness.tail) return false
      const dueNow = this.#deletionDue(stored, emptiness)
      return dueNow !== undefined && dueNow <= clock.now()
    })
  }

  #deletionDue({ config, armed }: StoredStream, { since, tail }: Emptiness): Timestamp | undefined {
    const { options, rules } = this.#context
    return rules.deletionDue({ config, armed, tail, emptySince: since }, BigInt(options.deleteOnEmptyGrace))
  }

  /** Since when the stream is known to be empty, if it is; noted down where it is news. */
  async #emptiness(stream: StoredStream): Promise<Emptiness | undefined> {
    const { clock, store } = this.#context
    const { id, createdAt } = stream
    const { tail } = decodeState(await store.get(stateKey(id)))
    if (tail.seqNum === 0n) return { since: createdAt, tail: 0n }
    // After the tail: what is written from here on moves it.
    if ((await oldestBatch(store, stream)) !== undefined) return undefined
    const noted = await store.get(emptinessKey(id))
    const before = noted === undefined ? undefined : decodeEmptiness(noted)
    if (before?.tail === tail.seqNum) return before
    const now = { since: clock.now(), tail: tail.seqNum }
    await store.commit([{ type: 'put', key: emptinessKey(id), value: encodeEmptiness(now) }])
    return now
  }
}

async function oldestBatch(store: Store, { id }: StoredStream): Promise<BatchSummary | undefined> {
  for await (const { value } of store.range(allTimestamps(id))) return decodeSummary(value)
  return undefined
}
