import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { ConnectionOptions } from '../connection.ts'
import { streamLimit } from '../endless.ts'
import { goodbyeWords, neverBegun, sentAway } from '../goodbye.ts'
import { cutBy, TransportError } from '../transport-error.ts'
import type { Audited, AuditedWindows } from '../window-audit.ts'
import type { Waits } from '../window-waits.ts'
import { Bodies } from './bodies.ts'
import { answerOf, type Exchange, takeIn } from './exchange.ts'
import {
  DEFAULT_TABLE,
  DEFAULT_WINDOW,
  FLAG,
  FRAME,
  frame,
  goAwayFrame,
  MOST_STREAM,
  numberFrame,
  PREFACE,
  SETTING,
  settingsFrame,
} from './frame.ts'
import { Http2Error } from './frame-reader.ts'
import { statusOf, withoutTable } from './header-block.ts'
import { type Hearer, Incoming } from './incoming.ts'
import { Outbox } from './outbox.ts'

type Limits = Pick<ConnectionOptions, 'streamWindow' | 'connectionWindow' | 'mostStreams'>

const MAX_FRAME_SIZE = 256 * 1024
const [PROTOCOL_ERROR, CANCEL] = [1, 8] as const
const EMPTY = Buffer.alloc(0)

/**
 * A connection of HTTP/2 for whole requests and nothing else: their heads are encoded once, and what is sent in one turn of
 * the event loop is written at once. It costs a tenth of what a stream of node:http2 costs. RFC 9113.
 */
export class Http2Connection implements Audited, Hearer {
  readonly #socket: Socket
  readonly #options: Limits
  readonly #outbox: Outbox
  readonly #bodies: Bodies
  readonly #incoming: Incoming
  readonly #open = new Map<number, Exchange>()
  /** Those that wait for one of as many streams as the other side takes. */
  #waiting: Exchange[] = []
  #nextStream: number
  #unreported = 0
  #mostStreams: number
  /** Of the table of our heads. Whoever keeps less than both begin with has to be told that it is less: RFC 9113, section 4.3.1. */
  #tableSize = DEFAULT_TABLE
  #tellsTable = false
  #isUsable = true
  /** Why the other side goes away. */
  #goodbye: string | undefined
  #onReady: () => void = () => {}
  #onNeverReady: (error: TransportError) => void = () => {}

  /** Of a socket that is connected. Streams are numbered from the first one on, which has to be odd. */
  constructor(socket: Socket, options: Limits, firstStream = 1) {
    this.#socket = socket
    this.#options = options
    this.#nextStream = firstStream
    this.#mostStreams = options.mostStreams ?? Number.POSITIVE_INFINITY
    this.#outbox = new Outbox(socket)
    this.#bodies = new Bodies(this.#outbox)
    this.#incoming = new Incoming(MAX_FRAME_SIZE, this)
    if (socket instanceof TLSSocket) socket.on('data', (chunk: Buffer) => this.take(chunk))
    socket.on('error', (error) => this.#end(this.#wasClosed(error)))
    socket.on('close', () => this.#end(this.#wasClosed()))
    this.#outbox.push(PREFACE)
    this.#outbox.push(
      settingsFrame([
        [SETTING.headerTableSize, 0],
        [SETTING.enablePush, 0],
        [SETTING.initialWindowSize, options.streamWindow],
        [SETTING.maxFrameSize, MAX_FRAME_SIZE],
      ]),
    )
    const more = options.connectionWindow - DEFAULT_WINDOW
    if (more > 0) this.#outbox.push(numberFrame(FRAME.windowUpdate, 0, more))
  }

  /** False once it takes no more requests: those under way may still end well. */
  get isUsable(): boolean {
    return this.#isUsable && this.#nextStream <= MOST_STREAM
  }

  get isOver(): boolean {
    return this.#socket.destroyed
  }

  get isWaiting(): boolean {
    return this.#bodies.isWaiting
  }

  get windows(): AuditedWindows {
    return {
      theirs: this.#bodies.windows,
      ours: Math.max(DEFAULT_WINDOW, this.#options.connectionWindow),
      taken: this.#unreported,
    }
  }

  waits(atMs: number): Waits {
    return this.#bodies.waits(atMs)
  }

  /** Resolves with the other side's settings, before which nothing may be sent; rejects with what ended the connection. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#onReady = resolve
      this.#onNeverReady = reject
    })
  }

  send(exchange: Exchange): void {
    if (!this.isUsable) exchange.reject(this.#wasClosed())
    else if (this.#open.size < this.#mostStreams) this.#begin(exchange)
    else if (exchange.taker === undefined) this.#waiting.push(exchange)
    // What goes on and on would wait for others that do.
    else exchange.reject(streamLimit(this.#mostStreams))
  }

  /** Of one that is not wanted any more: nothing of it is told from now on. */
  cancel(exchange: Exchange): void {
    this.#waiting = this.#waiting.filter((other) => other !== exchange)
    if (this.#open.get(exchange.stream) !== exchange) return
    this.#bodies.leave(exchange)
    this.#outbox.push(numberFrame(FRAME.reset, exchange.stream, CANCEL))
    this.#finish(exchange)
  }

  close(): void {
    this.#isUsable = false
    this.#socket.destroy()
  }

  #begin(exchange: Exchange): void {
    const { body } = exchange
    const head = this.#tellsTable ? withoutTable(exchange.head) : exchange.head
    if (head.length > this.#bodies.maxFrame) {
      exchange.reject(
        new TransportError(
          'refused',
          `a head of ${head.length} bytes is longer than the target takes at once`,
        ),
      )
      return
    }
    this.#tellsTable = false
    exchange.stream = this.#nextStream
    this.#nextStream += 2
    this.#open.set(exchange.stream, exchange)
    exchange.onBegin?.()
    const isWhole = body.length === 0
    this.#outbox.push(
      frame(FRAME.headers, FLAG.endHeaders | (isWhole ? FLAG.endStream : 0), exchange.stream, head),
    )
    this.#bodies.begin(exchange)
  }

  /** What has come over the socket. Its bytes may be used again. */
  take(chunk: Buffer): void {
    try {
      this.#incoming.push(chunk)
    } catch (error) {
      // What whoever takes an answer has thrown is nothing that the target did.
      if (!(error instanceof TransportError)) throw error
      this.#outbox.push(goAwayFrame(PROTOCOL_ERROR))
      this.#outbox.flush()
      this.#end(error)
      this.#socket.destroySoon()
    }
  }

  onHead(stream: number, block: Buffer, isLast: boolean): void {
    const exchange = this.#open.get(stream)
    if (exchange === undefined) return
    // Behind the head of the answer there are only trailers, which nobody looks at; before it what is only said in between.
    if (exchange.status < 200) {
      exchange.status = statusOf(block)
      if (exchange.status >= 200) exchange.taker?.onStatus(exchange.status)
    }
    if (isLast) this.#answered(exchange)
  }

  onBody(stream: number, content: Buffer, taken: number, isLast: boolean): void {
    const exchange = this.#open.get(stream)
    this.#tookIn(exchange, taken)
    if (exchange === undefined) return
    if (content.length > 0) takeIn(exchange, content)
    // Whoever takes it may have given it up.
    if (isLast && this.#open.has(stream)) this.#answered(exchange)
  }

  onPing(payload: Buffer): void {
    this.#outbox.push(frame(FRAME.ping, FLAG.ack, 0, payload))
  }

  /** Tells the other side of room, once half of it is used. */
  #tookIn(exchange: Exchange | undefined, length: number): void {
    this.#unreported += length
    if (this.#unreported * 2 >= Math.max(DEFAULT_WINDOW, this.#options.connectionWindow)) {
      this.#outbox.push(numberFrame(FRAME.windowUpdate, 0, this.#unreported))
      this.#unreported = 0
    }
    if (exchange === undefined) return
    exchange.unreported += length
    if (exchange.unreported * 2 >= this.#options.streamWindow) {
      this.#outbox.push(numberFrame(FRAME.windowUpdate, exchange.stream, exchange.unreported))
      exchange.unreported = 0
    }
  }

  #answered(exchange: Exchange): void {
    this.#finish(exchange)
    if (exchange.status < 200) exchange.reject(new Http2Error('an answer ended before its status'))
    else exchange.resolve(answerOf(exchange))
  }

  onReset(stream: number, code: number): void {
    const exchange = this.#open.get(stream)
    if (exchange === undefined) return
    this.#bodies.leave(exchange)
    this.#finish(exchange)
    exchange.reject(new TransportError('cut', `the stream was closed with code ${code}`))
  }

  /** It is over; of a body that was not wanted the rest is not sent. */
  #finish(exchange: Exchange): void {
    this.#open.delete(exchange.stream)
    if (this.#bodies.leave(exchange)) this.#outbox.push(numberFrame(FRAME.reset, exchange.stream, CANCEL))
    this.#beginWaiting()
    if (!this.isUsable && this.#open.size === 0) this.#socket.end()
  }

  #beginWaiting(): void {
    while (this.#waiting.length > 0 && this.isUsable && this.#open.size < this.#mostStreams) {
      const next = this.#waiting.shift()
      if (next !== undefined) this.#begin(next)
    }
    // The numbers of streams do not come back: what waits here would wait for ever.
    if (!this.isUsable)
      for (const exchange of this.#waiting.splice(0))
        exchange.reject(new TransportError('cut', 'the connection has no more streams'))
  }

  onSettings(settings: readonly (readonly [id: number, value: number])[]): void {
    for (const [id, value] of settings) {
      if (id === SETTING.maxConcurrentStreams)
        this.#mostStreams = Math.min(value, this.#options.mostStreams ?? value)
      if (id === SETTING.headerTableSize && value < this.#tableSize) {
        this.#tableSize = 0
        this.#tellsTable = true
      }
      if (id === SETTING.maxFrameSize) this.#bodies.maxFrame = value
      if (id === SETTING.initialWindowSize) this.#bodies.resize(value, this.#open.values())
    }
    this.#outbox.push(frame(FRAME.settings, FLAG.ack, 0, EMPTY))
    this.#bodies.resume()
    this.#beginWaiting()
    this.#onReady()
  }

  onWindow(stream: number, more: number): void {
    const exchange = this.#open.get(stream)
    if (stream === 0 || exchange !== undefined) this.#bodies.widen(more, exchange)
  }

  /** Those that it has not begun with will not be answered. */
  onGoAway(last: number, code: number, debug: Buffer): void {
    this.#isUsable = false
    this.#goodbye = goodbyeWords(code, debug) ?? this.#goodbye
    const lost = [...this.#open.values()].filter(({ stream }) => stream > last)
    for (const exchange of [...lost, ...this.#waiting.splice(0)]) {
      this.#open.delete(exchange.stream)
      this.#bodies.leave(exchange)
      exchange.reject(neverBegun(this.#goodbye))
    }
    if (this.#open.size === 0) this.#socket.end()
  }

  #wasClosed(by?: Error): TransportError {
    if (this.#goodbye !== undefined) return sentAway(this.#goodbye)
    return by === undefined ? new TransportError('cut', 'the connection was closed') : cutBy(by)
  }

  #end(error: TransportError): void {
    this.#isUsable = false
    this.#onNeverReady(error)
    this.#bodies.drop()
    for (const exchange of [...this.#open.values(), ...this.#waiting.splice(0)]) exchange.reject(error)
    this.#open.clear()
  }
}
