import type { AppendAck, MeteredBytes, Position, SeqNum, Timestamp } from '../../proto/types.ts'
import type { Sequenced } from '../semantics/append/append.ts'
import type { StreamState } from '../semantics/append/stream-state.ts'
import type { Batch } from '../semantics/batch/batch.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import { timestampingOf } from '../semantics/resources/config.ts'
import { deletionPending } from '../semantics/resources/existence.ts'
import type { StoredStream } from '../store/stored-stream.ts'
import { batchWrites, type KeptBatch } from './batch-writes.ts'
import { Changes } from './changes.ts'
import type { Context } from './context.ts'
import type { Protection } from './protection.ts'
import { RecentBatches } from './recent-batches.ts'
import { onceDurable } from './storage-refusal.ts'
import { StreamMeter } from './stream-meter.ts'
import { sweepAfter } from './sweep-after.ts'
import type { TrimmableStream } from './trimmable-stream.ts'
import { trimLater } from './trimming.ts'

export interface Admission {
  /** False: refused, and nothing has changed. */
  readonly sequenced: boolean
  /** Comes once all that it tells of is durable; never rejects for the store's sake. */
  readonly reply: Promise<AppendAck | Refusal>
}

/**
 * The one sequencer of a stream (APP-029). It holds two states: the sequenced one, which decides what the next batch
 * meets (APP-022), and the durable one, the only one that reads, tails and acknowledgements show (TAIL-004, READ-054).
 */
export class LiveStream implements TrimmableStream {
  /** Fires when a batch has become durable and when a deletion begins. */
  readonly changed: Changes = new Changes()
  readonly recent: RecentBatches
  readonly meter: StreamMeter
  readonly #context: Context
  #stored: StoredStream
  #sequenced: StreamState
  #durable: StreamState
  #visibleFrom: SeqNum
  /** Records below this number have expired; their removal is durable or under way. */
  #expired: SeqNum
  /** Of what was appended, what is not stored any more. */
  #gone: MeteredBytes
  #deletion: Promise<void> | undefined
  /** Everything sequenced or decided so far is durable. */
  #settled: Promise<void> = Promise.resolve()

  /** `gone` is what is below the trim point of `state`; records below `expired` have expired and been removed. */
  constructor(
    context: Context,
    stored: StoredStream,
    state: StreamState,
    gone: MeteredBytes,
    expired: SeqNum = 0n,
  ) {
    this.#context = context
    this.recent = new RecentBatches(context.options, context.recentMemory)
    this.meter = new StreamMeter(context.usage, stored)
    this.#stored = stored
    this.#sequenced = state
    this.#durable = state
    this.#visibleFrom = state.trimPoint
    this.#expired = expired
    this.#gone = stored.deletedAt === undefined ? gone : state.appended
    this.#deletion = stored.deletedAt === undefined ? undefined : this.#settled
  }

  /** What is kept of the stream, as last made durable. */
  get stored(): StoredStream {
    return this.#stored
  }

  get sequenced(): StreamState {
    return this.#sequenced
  }

  get durable(): StreamState {
    return this.#durable
  }

  /** Records below this number are trimmed, whether still stored or not, or have expired. */
  get visibleFrom(): SeqNum {
    return this.#visibleFrom
  }

  /** Metered bytes of what can be read; of a deleted stream nothing. */
  get size(): MeteredBytes {
    return this.#durable.appended - this.#gone
  }

  /** Set from the moment a DELETE is decided; resolves once it may be told. */
  get deletion(): Promise<void> | undefined {
    return this.#deletion
  }

  get deleting(): boolean {
    return this.#deletion !== undefined
  }

  /** The tail as it may be told. */
  tail(): Position {
    return this.#context.rules.checkTail(this.#durable)
  }

  /**
   * Sequences the batch at once or refuses it. Even a refusal waits for all that was sequenced before it: it may tell of
   * that, and a crash must not be able to take back what was told (APP-027).
   */
  append(batch: Batch, protection: Protection): Admission {
    const now = this.#context.clock.now()
    const outcome = this.#decide(batch, now)
    if (isRefusal(outcome)) return { sequenced: false, reply: onceDurable(this.#settled, outcome) }
    const kept = { ...outcome, records: protection.seal(outcome.records) }
    const keptUntil = this.#context.rules.keptUntil(this.#stored.config.retention, now)
    const writes = batchWrites(this.#stored, kept, this.#sequenced, keptUntil)
    this.#sequenced = outcome.state
    this.#settled = this.#context.store.commit(writes).then(() => {
      this.#becomeDurable(batch, kept)
      sweepAfter(this.#context, keptUntil)
    })
    const { start, end } = outcome
    return { sequenced: true, reply: onceDurable(this.#settled, { start, end, tail: end }) }
  }

  /** From the next batch on, this is what is kept of the stream (APP-043); it must be durable. */
  reconfigure(stored: StoredStream): void {
    this.#stored = stored
  }

  /** Nothing is sequenced any more; followers are woken, to be told once `marked` has come. */
  beginDeletion(stored: StoredStream, marked: Promise<void>): void {
    this.#settled = marked.then(() => {
      this.#stored = stored
      this.meter.ended(stored.createdAt, this.size)
      this.#gone = this.#durable.appended
    })
    this.#settled.catch(() => {})
    this.#deletion = this.#settled
    this.changed.fire()
  }

  /** From now on no read begins or goes on below this number; never moves back (CMD-017). */
  hideBelow(seqNum: SeqNum): void {
    if (seqNum > this.#visibleFrom) this.#visibleFrom = seqNum
  }

  /** Announces that records below this number are removed next. */
  expireBelow(seqNum: SeqNum): void {
    if (seqNum > this.#expired) this.#expired = seqNum
  }

  /** Whether the store may lack the record of this number, because it has been removed or is being removed. */
  mayLack(seqNum: SeqNum): boolean {
    return this.#deletion !== undefined || seqNum < this.#visibleFrom || seqNum < this.#expired
  }

  /** What is below `visibleFrom` has this size. */
  noteTrimmed(gone: MeteredBytes): void {
    if (gone <= this.#gone) return
    this.meter.trimmed(gone - this.#gone)
    this.#gone = gone
  }

  #decide(batch: Batch, now: Timestamp): Sequenced | Refusal {
    if (this.#deletion !== undefined) return deletionPending('stream')
    const { config, cipher } = this.#stored
    return this.#context.rules.append(this.#sequenced, batch, now, timestampingOf(config), cipher)
  }

  #becomeDurable({ size }: Batch, { state, records, end }: KeptBatch): void {
    const trimmed = state.trimPoint > this.#durable.trimPoint
    this.#durable = state
    this.meter.appended(size, this.#stored.config.storageClass)
    this.recent.push({ records, size, tail: end })
    this.changed.fire()
    if (trimmed) trimLater(this.#context, this, state.trimPoint)
  }
}
