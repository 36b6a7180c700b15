import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Audited, AuditedWindows } from '../audited-session.ts'
import type { ConnectionOptions } from '../connection.ts'
import { streamLimit } from '../endless.ts'
import { connectionRefused, goodbyeWords, neverBegun } from '../goaway.ts'
import { cutBy, TransportError } from '../transport-error.ts'
import type { Waits } from '../window-waits.ts'
import { Bodies } from './bodies.ts'
import { answerOf, type Exchange } from './exchange.ts'
import {
  DEFAULT_TABLE,
  DEFAULT_WINDOW,
  ERROR,
  FLAG,
  FRAME,
  FRAME_NAMES,
  frame,
  goAwayFrame,
  MOST_STREAM,
  numberFrame,
  PREFACE,
  SETTING,
  settingsFrame,
} from './frame.ts'
import { Http2Error } from './frame-reader.ts'
import { checkTrailers, statusOf, withoutTable } from './header-block.ts'
import { type FrameListener, Incoming } from './incoming.ts'
import { Intake } from './intake.ts'
import { Outbox } from './outbox.ts'
import type { Setting } from './peer-settings.ts'

type Limits = Pick<ConnectionOptions, 'streamWindow' | 'connectionWindow' | 'mostStreams'>

const MAX_FRAME_SIZE = 256 * 1024
/** A target that does not read the reason for the end of its connection loses it after this. */
const LINGER_MS = 1000
const EMPTY = Buffer.alloc(0)

/**
 * A connection of HTTP/2 for whole requests and nothing else: their heads are encoded once, and what is sent in one turn of
 * the event loop is written at once. It costs a tenth of what a stream of node:http2 costs. RFC 9113.
 */
export class Http2Connection implements Audited, FrameListener {
  readonly #socket: Socket
  readonly #options: Limits
  readonly #outbox: Outbox
  readonly #bodies: Bodies
  readonly #incoming: Incoming
  readonly #intake: Intake
  readonly #open = new Map<number, Exchange>()
  /** Those that wait for one of as many streams as the other side takes. */
  #waiting: Exchange[] = []
  #nextStream: number
  #mostStreams: number
  /** Of the table of our heads. Whoever keeps less than both begin with has to be told that it is less: RFC 9113, section 4.3.1. */
  #tableSize = DEFAULT_TABLE
  #tellsTable = false
  #isUsable = true
  /** The target has broken the protocol: what it sends is not looked at any more. */
  #isBroken = false
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
    this.#intake = new Intake(this.#outbox, options)
    this.#incoming = new Incoming(MAX_FRAME_SIZE, this)
    if (socket instanceof TLSSocket)
      socket.on('data', (chunk: Buffer) => {
        if (!this.take(chunk)) socket.pause()
      })
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
    return { theirs: this.#bodies.windows, ...this.#intake.windows }
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
    if (this.#open.get(exchange.stream) === exchange) this.#reset(exchange)
  }

  /** Ends the stream of an exchange whose answer is not whole. */
  #reset(exchange: Exchange): void {
    this.#bodies.leave(exchange)
    this.#outbox.push(numberFrame(FRAME.reset, exchange.stream, ERROR.cancel))
    this.#intake.cancel(exchange)
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

  /** Takes what has come over the socket; its bytes may be used again. Returns false when no more is to be read. */
  take(chunk: Buffer): boolean {
    if (this.#isBroken) return false
    try {
      this.#incoming.push(chunk)
      return true
    } catch (error) {
      // An error of a taker is not the target's fault.
      if (!(error instanceof TransportError)) throw error
      this.#break(error)
      return false
    }
  }

  #break(error: TransportError): void {
    this.#isBroken = true
    this.#outbox.push(goAwayFrame(error instanceof Http2Error ? error.http2Code : ERROR.protocol))
    this.#outbox.flush()
    this.#end(error)
    this.#socket.destroySoon()
    setTimeout(() => this.#socket.destroy(), LINGER_MS).unref()
  }

  onHead(stream: number, block: Buffer, isLast: boolean): void {
    const exchange = this.#exchangeOn(stream, FRAME.headers)
    if (exchange === undefined) return
    // Behind the head of the answer there are only trailers; before it there are only informational heads.
    if (exchange.status < 200) {
      exchange.status = statusOf(block)
      if (exchange.status >= 200) {
        this.#incoming.progressed()
        exchange.taker?.onStatus(exchange.status)
      }
    } else if (!isLast) throw new Http2Error('the target sent a second head that does not end the answer')
    else checkTrailers(block)
    // The taker may have given it up.
    if (isLast && this.#open.has(stream)) this.#answered(exchange)
  }

  onBody(stream: number, content: Buffer, taken: number, isLast: boolean): void {
    const exchange = this.#exchangeOn(stream, FRAME.data)
    this.#intake.took(exchange, taken)
    if (exchange === undefined) return
    if (exchange.status < 200) throw new Http2Error('the target sent a body before its status')
    if (content.length > 0) this.#onContent(exchange, content)
    // The taker may have given it up.
    if (isLast && this.#open.has(stream)) this.#answered(exchange)
  }

  #onContent(exchange: Exchange, content: Buffer): void {
    this.#incoming.progressed()
    if (exchange.taker !== undefined) {
      exchange.taker.onContent(content)
      return
    }
    const error = this.#intake.keep(exchange, content)
    if (error === undefined) return
    this.#reset(exchange)
    exchange.reject(error)
  }

  /** The exchange on a stream, undefined for one that is over. Throws `Http2Error` for a stream that no request began. */
  #exchangeOn(stream: number, type: number): Exchange | undefined {
    const exchange = this.#open.get(stream)
    if (exchange === undefined && (stream >= this.#nextStream || stream % 2 === 0))
      throw new Http2Error(
        `the target sent a ${FRAME_NAMES[type]} frame on stream ${stream}, which no request began`,
      )
    return exchange
  }

  onPing(payload: Buffer): void {
    this.#outbox.reply(frame(FRAME.ping, FLAG.ack, 0, payload))
  }

  #answered(exchange: Exchange): void {
    this.#incoming.progressed()
    this.#finish(exchange)
    if (exchange.status < 200) exchange.reject(new Http2Error('the target ended an answer before its status'))
    else exchange.resolve(answerOf(exchange))
  }

  onReset(stream: number, code: number): void {
    const exchange = this.#exchangeOn(stream, FRAME.reset)
    if (exchange === undefined) return
    this.#incoming.progressed()
    this.#bodies.leave(exchange)
    this.#finish(exchange)
    exchange.reject(new TransportError('cut', `the stream was closed with code ${code}`))
  }

  /** It is over; of a body that was not wanted the rest is not sent. */
  #finish(exchange: Exchange): void {
    this.#forget(exchange)
    if (this.#bodies.leave(exchange))
      this.#outbox.push(numberFrame(FRAME.reset, exchange.stream, ERROR.cancel))
    this.#beginWaiting()
    if (!this.isUsable && this.#open.size === 0) this.#socket.end()
  }

  #forget(exchange: Exchange): void {
    if (this.#open.delete(exchange.stream)) this.#intake.release(exchange)
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

  onSettings(settings: readonly Setting[]): void {
    let streamWindow: number | undefined
    for (const [id, value] of settings) {
      if (id === SETTING.maxConcurrentStreams)
        this.#mostStreams = Math.min(value, this.#options.mostStreams ?? value)
      if (id === SETTING.headerTableSize && value < this.#tableSize) {
        this.#tableSize = 0
        this.#tellsTable = true
      }
      if (id === SETTING.maxFrameSize) this.#bodies.maxFrame = value
      if (id === SETTING.initialWindowSize) streamWindow = value
    }
    if (streamWindow !== undefined) this.#bodies.resize(streamWindow, this.#open.values())
    this.#outbox.reply(frame(FRAME.settings, FLAG.ack, 0, EMPTY))
    this.#bodies.resume()
    this.#beginWaiting()
    this.#onReady()
  }

  onWindow(stream: number, more: number): void {
    const exchange = stream === 0 ? undefined : this.#exchangeOn(stream, FRAME.windowUpdate)
    if (stream === 0 || exchange !== undefined) this.#bodies.widen(more, exchange)
  }

  /** Those that it has not begun with will not be answered. */
  onGoAway(last: number, code: number, debug: Buffer): void {
    this.#isUsable = false
    this.#goodbye = goodbyeWords(code, debug) ?? this.#goodbye
    const lost = [...this.#open.values()].filter(({ stream }) => stream > last)
    for (const exchange of [...lost, ...this.#waiting.splice(0)]) {
      this.#forget(exchange)
      this.#bodies.leave(exchange)
      exchange.reject(neverBegun(this.#goodbye))
    }
    if (this.#open.size === 0) this.#socket.end()
  }

  #wasClosed(by?: Error): TransportError {
    if (this.#goodbye !== undefined) return connectionRefused(this.#goodbye)
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
