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

  begin(exchange: Exchange): void {
    exchange.window = this.#streamWindow
    if (!this.#pump(exchange)) this.#blocked.push(exchange)
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
    if (this.#blocked.length > 0) this.#blocked = this.#blocked.filter((exchange) => !this.#pump(exchange))
  }

  drop(): void {
    this.#blocked = []
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
