import type { AppendAck, Position, ReadEnd, ReadStart, SeqNum } from '../../proto/types.ts'
import type { GivenKey } from '../encryption/encryption-key.ts'
import type { Batch } from '../semantics/batch/batch.ts'
import { budgetOf } from '../semantics/read/read-bounds.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import type { DataOperation } from '../semantics/resources/existence.ts'
import { appendSession } from './append-session.ts'
import type { AppendSession, ReadOutput, StreamAddress, StreamUse } from './backend.ts'
import { resolveTimestamp } from './catch-up.ts'
import type { Context } from './context.ts'
import { onStream } from './damage.ts'
import type { LiveStream } from './live-stream.ts'
import { protectionOf } from './protection.ts'
import { ReadSession } from './read-session.ts'
import { draining } from './refusals.ts'
import type { StreamCatalog } from './stream-catalog.ts'
import type { StreamDirectory } from './stream-directory.ts'

/** The operations on the records of a stream. */
export class DataPlane {
  readonly #context: Context
  readonly #streams: StreamCatalog
  readonly #directory: StreamDirectory

  constructor(context: Context, streams: StreamCatalog, directory: StreamDirectory) {
    this.#context = context
    this.#streams = streams
    this.#directory = directory
  }

  async append(address: StreamUse, batch: Batch, key: GivenKey = 'none'): Promise<AppendAck | Refusal> {
    const stream = await this.#open('append', address)
    if (isRefusal(stream)) return stream
    const opening = protectionOf(this.#context, stream.stored, key)
    // Where there is nothing to wait for, not even a turn: what is asked for next would overtake it.
    const protection = opening instanceof Promise ? await opening : opening
    return isRefusal(protection) ? protection : await stream.append(batch, protection).reply
  }

  async openAppendSession(address: StreamUse, key: GivenKey = 'none'): Promise<AppendSession | Refusal> {
    const stream = await this.#open('append', address)
    if (isRefusal(stream)) return stream
    const protection = await protectionOf(this.#context, stream.stored, key)
    return isRefusal(protection) ? protection : appendSession(stream, protection)
  }

  async checkTail(address: StreamAddress): Promise<{ readonly tail: Position } | Refusal> {
    const stream = await this.#open('check-tail', address)
    return isRefusal(stream) ? stream : { tail: stream.tail() }
  }

  async openRead(
    address: StreamUse,
    start: ReadStart,
    end: ReadEnd,
    signal: AbortSignal,
    key: GivenKey = 'none',
  ): Promise<AsyncIterable<ReadOutput> | Refusal> {
    const stream = await this.#open('read', address)
    if (isRefusal(stream)) return stream
    const protection = await protectionOf(this.#context, stream.stored, key)
    if (isRefusal(protection)) return protection
    const { rules } = this.#context
    if (rules.isSpent(budgetOf(end))) return nothing()
    const first = await this.#firstOf(stream, start, rules.mayStandAtTail(end))
    if (isRefusal(first)) return first
    return new ReadSession(this.#context, { stream, protection, start: first.seqNum, end, signal }).run()
  }

  /** Number of the first record that a read may deliver; what a timestamp finds is judged as a number (READ-016). */
  async #firstOf(
    stream: LiveStream,
    start: ReadStart,
    mayStandAtTail: boolean,
  ): Promise<{ readonly seqNum: SeqNum } | Refusal> {
    const { rules, store } = this.#context
    const point = rules.resolveStart(start, stream.tail(), mayStandAtTail)
    if (isRefusal(point) || point.from === 'seq-num') return point
    const seqNum = await onStream(stream.stored, () => resolveTimestamp(store, stream, point.timestamp))
    // The tail may have moved on meanwhile, and then it is no longer at the tail.
    const judged = rules.resolveStart({ seqNum }, stream.tail(), mayStandAtTail)
    return isRefusal(judged) ? judged : { seqNum }
  }

  /** The stream, made if it is missing and this use of it makes it. */
  async #open(use: DataOperation, address: StreamUse): Promise<LiveStream | Refusal> {
    if (this.#context.background.stopping) return draining()
    const known = this.#directory.peek(address)
    if (known === undefined) return await this.#streams.forUse(use, address)
    const refused = this.#streams.refused(use, address, known)
    return refused === undefined ? known : await refused
  }
}

async function* nothing(): AsyncGenerator<ReadOutput, void> {}
