import { WaitClock, type Waits } from '../window-waits.ts'
import type { Exchange } from './exchange.ts'
import { DEFAULT_MAX_FRAME, DEFAULT_WINDOW, FLAG, FRAME, HEAD_BYTES, writeHead } from './frame.ts'
import type { Outbox } from './outbox.ts'

/** Sends bodies as far as the other side's windows reach: that of each stream, and that of all together. RFC 9113, section 5.2. */
export class Bodies {
  /** Of the data of one frame. */
  maxFrame: number = DEFAULT_MAX_FRAME
  readonly #outbox: Outbox
  /** Those that wait for a window. */
  #blocked: Exchange[] = []
  readonly #clock = new WaitClock(() => performance.now())
  #window = DEFAULT_WINDOW
  #streamWindow = DEFAULT_WINDOW

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  get isWaiting(): boolean {
    return this.#blocked.length > 0
  }

  /** What is left of that of all together, and what a new stream is given. */
  get windows(): { readonly stream: number; readonly connection: number } {
    return { stream: this.#streamWindow, connection: this.#window }
  }

  /** Exactly: from when there was no window left for something to when it went, or nobody wanted it any more. */
  waits(atMs: number): Waits {
    return this.#clock.waits(atMs)
  }

  begin(exchange: Exchange): void {
    exchange.window = this.#streamWindow
    if (this.#pump(exchange)) return
    this.#blocked.push(exchange)
    this.#note()
  }

  /** What is left of its body is not sent; whether there was anything. */
  leave(exchange: Exchange): boolean {
    if (exchange.sent >= exchange.body.length) return false
    exchange.sent = exchange.body.length
    this.#blocked = this.#blocked.filter((other) => other !== exchange)
    this.#note()
    return true
  }

  /** Room for one stream or, without one, for all together. */
  widen(more: number, exchange?: Exchange): void {
    if (exchange === undefined) this.#window += more
    else exchange.window += more
    this.resume()
  }

  /** Each open stream's window grows or shrinks by what the new ones do, so that it may be less than nothing. */
  resize(streamWindow: number, open: Iterable<Exchange>): void {
    for (const exchange of open) exchange.window += streamWindow - this.#streamWindow
    this.#streamWindow = streamWindow
  }

  resume(): void {
    if (this.#blocked.length === 0) return
    this.#blocked = this.#blocked.filter((exchange) => !this.#pump(exchange))
    this.#note()
  }

  drop(): void {
    this.#blocked = []
    this.#note()
  }

  #note(): void {
    if (this.#blocked.length === 0) this.#clock.set(undefined)
    else this.#clock.set(this.#window <= 0 ? 'connection' : 'stream')
  }

  /** Sends of the body what windows and frames hold; whether it was all. */
  #pump(exchange: Exchange): boolean {
    const { body, stream } = exchange
    while (exchange.sent < body.length) {
      const room = Math.min(this.#window, exchange.window, this.maxFrame)
      const length = Math.min(room, body.length - exchange.sent)
      if (length <= 0) return false
      const head = Buffer.allocUnsafe(HEAD_BYTES)
      const end = exchange.sent + length
      writeHead(head, 0, length, FRAME.data, end === body.length ? FLAG.endStream : 0, stream)
      this.#outbox.push(head)
      this.#outbox.push(exchange.sent === 0 && end === body.length ? body : body.subarray(exchange.sent, end))
      exchange.sent = end
      exchange.window -= length
      this.#window -= length
    }
    return true
  }
}
