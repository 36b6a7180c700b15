import type { ServerResponse } from 'node:http'
import { joinPieces, type Pieces } from '../../../proto/pieces.ts'
import { ByteQueue } from './byte-queue.ts'
import type { UnsentAnswer } from './unsent-answer.ts'

/**
 * Small parts of an answer, on their way to its client in their order. Those of one turn go out as one, and those that come while
 * the client takes nothing wait as one: a thousand of them as buffers of their own would take ten times what they hold.
 */
export class Outbox {
  readonly #raw: ServerResponse
  readonly #unsent: UnsentAnswer
  readonly #gone: AbortSignal
  /** Of this turn. */
  #parts: Uint8Array[] = []
  /** Of the time since the client took nothing more. */
  #waiting = new ByteQueue()
  #stuck: PromiseWithResolvers<void> | undefined

  /** Once `gone` has come, what is put in goes nowhere. */
  constructor(raw: ServerResponse, unsent: UnsentAnswer, gone: AbortSignal) {
    this.#raw = raw
    this.#unsent = unsent
    this.#gone = gone
    raw.on('drain', () => this.#taken())
    gone.addEventListener('abort', () => this.#release(), { once: true })
  }

  put(part: Pieces): void {
    if (this.#isOver) return
    if (this.#stuck !== undefined) {
      for (const piece of part) this.#waiting.push(piece)
      return
    }
    if (this.#parts.length === 0) process.nextTick(() => this.#flush())
    this.#parts.push(...part)
  }

  /** Undefined while the client takes what it is sent; else resolves as soon as it does, or is gone, or all is over. */
  taken(): Promise<void> | undefined {
    return this.#stuck?.promise
  }

  /** Hands over what waits, for whatever comes next. */
  empty(): void {
    this.#write(this.#takeParts())
    this.#write(this.#takeWaiting())
    this.#release()
  }

  get #isOver(): boolean {
    return this.#raw.writableEnded || this.#gone.aborted
  }

  #flush(): void {
    if (this.#write(this.#takeParts())) return
    this.#stuck = Promise.withResolvers()
    this.#unsent.waits(this.#raw.writableLength + BESIDE_BYTES)
  }

  #taken(): void {
    if (this.#stuck === undefined || !this.#write(this.#takeWaiting())) return
    this.#unsent.taken()
    this.#release()
  }

  #takeParts(): Uint8Array {
    return joinPieces(this.#parts.splice(0))
  }

  #takeWaiting(): Uint8Array {
    const bytes = this.#waiting.bytes()
    this.#waiting = new ByteQueue()
    return bytes
  }

  /** False where the client has no room for more. */
  #write(bytes: Uint8Array): boolean {
    return bytes.length === 0 || this.#isOver || this.#raw.write(bytes)
  }

  #release(): void {
    this.#stuck?.resolve()
    this.#stuck = undefined
  }
}

/** What a session that is stuck keeps beside, about: acks that are yet to come, and what has come of its input. */
const BESIDE_BYTES = 1_048_576
