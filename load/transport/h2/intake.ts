import { MANY_UNFINISHED, MAX_UNFINISHED_BYTES } from '../answer-body.ts'
import type { ConnectionOptions } from '../connection.ts'
import type { TransportError } from '../transport-error.ts'
import type { Exchange } from './exchange.ts'
import { DEFAULT_WINDOW, ERROR, FRAME, numberFrame } from './frame.ts'
import { Http2Error } from './frame-reader.ts'
import type { Outbox } from './outbox.ts'

type Windows = Pick<ConnectionOptions, 'streamWindow' | 'connectionWindow'>

/** Accounts for the data that arrives: the windows given to the target, and the bytes held of answers that have not ended. */
export class Intake {
  readonly #outbox: Outbox
  readonly #streamWindow: number
  readonly #window: number
  /** Bytes that arrived since the target was last given room. */
  #unreported = 0
  /** Bytes of answers that have begun and not ended. */
  #unfinished = 0
  /** Bytes that may still arrive on streams which this side has ended. */
  #stillComing = 0

  constructor(outbox: Outbox, { streamWindow, connectionWindow }: Windows) {
    this.#outbox = outbox
    this.#streamWindow = streamWindow
    this.#window = Math.max(DEFAULT_WINDOW, connectionWindow)
  }

  /** The window of the connection, and what is taken of it. */
  get windows(): { readonly ours: number; readonly taken: number } {
    return { ours: this.#window, taken: this.#unreported }
  }

  /**
   * Counts data that arrived, for an exchange or for one that is over, and gives room once half of a window is used. Throws
   * `Http2Error` for more than there was room for.
   */
  took(exchange: Exchange | undefined, length: number): void {
    this.#unreported += length
    if (this.#unreported > this.#window) throw tooMuch()
    if (this.#unreported * 2 >= this.#window) {
      this.#outbox.push(numberFrame(FRAME.windowUpdate, 0, this.#unreported))
      this.#unreported = 0
    }
    if (exchange === undefined) {
      this.#tookLate(length)
      return
    }
    exchange.unreported += length
    if (exchange.unreported > this.#streamWindow) throw tooMuch()
    if (exchange.unreported * 2 >= this.#streamWindow) {
      this.#outbox.push(numberFrame(FRAME.windowUpdate, exchange.stream, exchange.unreported))
      exchange.unreported = 0
    }
  }

  /**
   * Keeps a piece of an answer, or returns the error of one that goes beyond its limits. Throws `Http2Error` where all that have
   * not ended hold too much.
   */
  keep({ answer }: Exchange, content: Buffer): TransportError | undefined {
    const error = answer.add(content)
    if (error !== undefined) return error
    this.#unfinished += content.length
    if (this.#unfinished > MAX_UNFINISHED_BYTES) throw new Http2Error(MANY_UNFINISHED, ERROR.enhanceYourCalm)
    return undefined
  }

  /** The exchange is over. */
  release(exchange: Exchange): void {
    this.#unfinished -= exchange.answer.length
  }

  /** This side ends the stream of the exchange: what its window allows may be under way. */
  cancel(exchange: Exchange): void {
    this.#stillComing += this.#streamWindow - exchange.unreported
  }

  #tookLate(length: number): void {
    this.#stillComing -= length
    if (this.#stillComing < 0)
      throw new Http2Error('the target sent DATA frames on a stream that is closed', ERROR.streamClosed)
  }
}

const tooMuch = (): Http2Error =>
  new Http2Error('the target sent more data than its window allowed', ERROR.flowControl)
