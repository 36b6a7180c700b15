import { WaitClock, type Waits } from '../window-waits.ts'
import type { Exchange } from './exchange.ts'
import {
  DEFAULT_MAX_FRAME,
  DEFAULT_WINDOW,
  ERROR,
  FLAG,
  FRAME,
  HEAD_BYTES,
  MOST_WINDOW,
  writeHead,
} from './frame.ts'
import { Http2Error } from './frame-reader.ts'
import type { Outbox } from './outbox.ts'

/** Sends bodies as far as the other side's windows reach: that of each stream, and that of all together. RFC 9113, section 5.2. */
export class Bodies {
  /** Of the data of one frame. */
  maxFrame: number = DEFAULT_MAX_FRAME
  readonly #outbox: Outbox
  /** Those that wait for a window. */
  readonly #blocked = new Set<Exchange>()
  readonly #clock = new WaitClock(() => performance.now())
  #window = DEFAULT_WINDOW
  #streamWindow = DEFAULT_WINDOW

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  get isWaiting(): boolean {
    return this.#blocked.size > 0
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
    this.#blocked.add(exchange)
    this.#note()
  }

  /** What is left of its body is not sent; whether there was anything. */
  leave(exchange: Exchange): boolean {
    if (exchange.sent >= exchange.body.length) return false
    exchange.sent = exchange.body.length
    this.#blocked.delete(exchange)
    this.#note()
    return true
  }

  /** Adds room for one stream or, without one, for all together. Throws `Http2Error` for a window that is too large. */
  widen(more: number, exchange?: Exchange): void {
    if (exchange !== undefined) {
      exchange.window = checked(exchange.window + more)
      if (this.#blocked.has(exchange) && this.#pump(exchange)) this.#blocked.delete(exchange)
      this.#note()
      return
    }
    const wasClosed = this.#window <= 0
    this.#window = checked(this.#window + more)
    // With an open connection all that waits, waits for the window of its stream.
    if (wasClosed) this.resume()
  }

  /**
   * Each open stream's window grows or shrinks by what the new ones do, so that it may be less than nothing. Throws `Http2Error`
   * for a window that is too large.
   */
  resize(streamWindow: number, open: Iterable<Exchange>): void {
    const more = streamWindow - this.#streamWindow
    if (more === 0) return
    for (const exchange of open) exchange.window = checked(exchange.window + more)
    this.#streamWindow = streamWindow
  }

  /** Sends of what waits as much as the windows hold. */
  resume(): void {
    for (const exchange of this.#blocked) {
      if (this.#window <= 0) break
      if (this.#pump(exchange)) this.#blocked.delete(exchange)
    }
    this.#note()
  }

  drop(): void {
    this.#blocked.clear()
    this.#note()
  }

  #note(): void {
    if (this.#blocked.size === 0) this.#clock.set(undefined)
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

function checked(window: number): number {
  if (window > MOST_WINDOW)
    throw new Http2Error(`the target gave a window of more than ${MOST_WINDOW} bytes`, ERROR.flowControl)
  return window
}
