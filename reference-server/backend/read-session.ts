import { HEARTBEAT_GAP_MS } from '../../proto/limits.ts'
import type { MeteredBytes, Position, ReadEnd, SeqNum } from '../../proto/types.ts'
import type { Step } from '../semantics/read/follow.ts'
import { type KeptRecord, sizeOf } from '../semantics/read/kept-record.ts'
import { type Budget, budgetOf } from '../semantics/read/read-bounds.ts'
import { isRefusal, type Refusal } from '../semantics/refusal.ts'
import { deletionPending } from '../semantics/resources/existence.ts'
import type { ReadOutput } from './backend.ts'
import type { Context } from './context.ts'
import { Countdown } from './countdown.ts'
import { inStream } from './damage.ts'
import { firstEvent } from './first-event.ts'
import type { LiveStream } from './live-stream.ts'
import { Pages } from './pages.ts'
import type { Protection } from './protection.ts'
import type { DurableBatch } from './recent-batches.ts'
import { draining } from './refusals.ts'
import { onceDurable } from './storage-refusal.ts'

type Output = AsyncGenerator<ReadOutput, void, undefined>

export interface Reading {
  readonly stream: LiveStream
  readonly protection: Protection
  /** Number of the first record that it may deliver. */
  readonly start: SeqNum
  readonly end: ReadEnd
  readonly signal: AbortSignal
}

/**
 * A read from its resolved start to its end: pages of the store up to the tail, then what becomes durable, and back to the
 * store when it has fallen behind (READ-053). It moves only when its consumer asks for more.
 */
export class ReadSession {
  readonly #context: Context
  readonly #stream: LiveStream
  readonly #pages: Pages
  readonly #protection: Protection
  readonly #end: ReadEnd
  readonly #signal: AbortSignal
  #next: SeqNum
  #budget: Budget
  /** Runs from the last delivery, or from the first arrival at the tail (READ-051, READ-052). */
  #wait: Countdown | undefined
  /** Set while it is among the followers. */
  #leave: (() => void) | undefined
  #owesHeartbeat = true
  #over = false
  #advised = false

  constructor(context: Context, { stream, protection, start, end, signal }: Reading) {
    this.#context = context
    this.#stream = stream
    this.#pages = new Pages(context.store, stream)
    this.#protection = protection
    this.#end = end
    this.#signal = signal
    this.#next = start
    this.#budget = budgetOf(end)
  }

  async *run(): Output {
    const free = (): void => this.#free()
    this.#signal.addEventListener('abort', free)
    try {
      yield* this.#read()
    } catch (error) {
      const refusal = this.#context.damage.refusal(inStream(error, this.#stream.stored))
      yield { kind: 'refused', refusal }
    } finally {
      this.#signal.removeEventListener('abort', free)
      free()
    }
  }

  async *#read(): Output {
    while (!this.#signal.aborted) {
      // Nothing is awaited between this look and what it leads to, or a batch could slip through.
      const step = this.#nextStep()
      if (step === 'end') return
      const refusal = this.#interruption(step)
      if (refusal !== undefined) {
        yield { kind: 'refused', refusal: await refusal }
        return
      }
      if (step === 'deliver') yield* this.#deliver()
      else if (step === 'heartbeat') yield this.#heartbeat()
      else await this.#idle()
    }
  }

  #nextStep(): Step {
    const tail = this.#stream.durable.tail.seqNum
    if (!this.#over && this.#next >= tail) this.#standAtTail()
    return this.#context.rules.nextStep({
      next: this.#next,
      tail,
      isDone: this.#over,
      hasWaited: this.#wait?.expired ?? false,
      owesHeartbeat: this.#owesHeartbeat || this.#owesAdvice(),
    })
  }

  /** From here on it is given what becomes durable. */
  #standAtTail(): void {
    this.#leave ??= this.#stream.recent.join()
    this.#wait ??= this.#startWait()
  }

  /** What is kept for followers, or else, for one that has not come to the tail or has fallen behind, a page. */
  #deliver(): Output {
    const batch = this.#leave && this.#stream.recent.at(this.#next)
    return batch === undefined ? this.#catchUp() : this.#deliverLive(batch)
  }

  /** One page. Where there is nothing below the tail, all of it has been trimmed (CMD-023, CMD-024). */
  async *#catchUp(): Output {
    this.#fallBehind()
    const { rules } = this.#context
    const page = await this.#pages.take(this.#next, this.#budget)
    if (this.#signal.aborted) return
    const { records, left, done } = rules.takeRecords(page.records, this.#budget)
    this.#budget = left
    this.#over = done
    this.#next = page.next
    if (!done) this.#pages.readAhead(page.next, left)
    for (const batch of rules.cutBatches(records)) {
      const output = this.#open(batch, undefined, sizeOfAll(batch))
      yield output
      if (output.kind === 'refused' || this.#signal.aborted) return
    }
  }

  /** A live batch, cut to the bounds; its tail is the one after the whole of it (READ-035, READ-063). */
  async *#deliverLive({ records, size, tail }: DurableBatch): Output {
    const isWhole = records[0]?.seqNum === this.#next
    const fresh = isWhole ? records : records.filter(({ seqNum }) => seqNum >= this.#next)
    const taken = this.#context.rules.takeRecords(fresh, this.#budget)
    this.#budget = taken.left
    this.#over = taken.done
    this.#next = tail.seqNum
    if (taken.records.length === 0) return
    const isAll = taken.records.length === records.length
    yield this.#open(taken.records, tail, isAll ? size : sizeOfAll(taken.records))
  }

  /** Nothing is kept for it until it is at the tail again, of which it is told then. */
  #fallBehind(): void {
    this.#leave?.()
    this.#leave = undefined
    this.#owesHeartbeat = true
  }

  /** A batch as its reader gets it, or the refusal that ends the read (ENC-008, ENC-010). */
  #open(kept: readonly KeptRecord[], tail: Position | undefined, size: MeteredBytes): ReadOutput {
    const records = this.#protection.open(kept)
    if (isRefusal(records)) {
      this.#over = true
      return { kind: 'refused', refusal: records }
    }
    this.#restartWait()
    this.#stream.meter.read(size)
    return { kind: 'batch', records, tail }
  }

  #heartbeat(): ReadOutput {
    this.#owesHeartbeat = false
    this.#advised = this.#isAdvised()
    return { kind: 'heartbeat', tail: this.#stream.tail() }
  }

  /** Until there is something to look at, or for a random gap of silence (S2S-041). */
  async #idle(): Promise<void> {
    const { drain, clock, random } = this.#context
    const { min, max } = HEARTBEAT_GAP_MS
    const event = await firstEvent(this.#signal, {
      changed: (fire) => this.#stream.changed.subscribe(fire),
      drain: (fire) => drain.changed.subscribe(fire),
      waited: (fire) => this.#wait?.ended.subscribe(fire) ?? (() => {}),
      silence: (fire) => clock.timer(min + random() * (max - min), fire),
    })
    if (event === 'silence') this.#owesHeartbeat = true
  }

  /** One heartbeat at once carries the advice of a server that drains (S2S-012). */
  #owesAdvice(): boolean {
    return this.#isAdvised() && !this.#advised
  }

  #isAdvised(): boolean {
    return this.#context.drain.phase === 'advising'
  }

  /** A deletion ends every read. A server that drains lets one have what is there, and refuses to wait for more. */
  #interruption(step: Step): Promise<Refusal> | undefined {
    if (step !== 'deliver' && this.#context.drain.phase === 'ending') return Promise.resolve(draining())
    const { deletion } = this.#stream
    return deletion && onceDurable(deletion, deletionPending('stream'))
  }

  #restartWait(): void {
    this.#wait?.cancel()
    this.#wait = this.#startWait()
  }

  #startWait(): Countdown {
    return new Countdown(this.#context.clock, this.#context.rules.waitAtTail(this.#end) * 1000)
  }

  #free(): void {
    this.#wait?.cancel()
    this.#leave?.()
  }
}

const sizeOfAll = (records: readonly KeptRecord[]): MeteredBytes =>
  records.reduce((sum, record) => sum + sizeOf(record), 0n)
