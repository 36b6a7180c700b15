import { FLAG, FRAME, MOST_STREAM } from './frame.ts'
import { FrameReader, Http2Error } from './frame-reader.ts'

/** What the other side says, by what it means for a client of whole requests. */
export interface Hearer {
  /** The head of an answer or, behind its body, trailers. */
  onHead(stream: number, block: Buffer, isLast: boolean): void
  /** `taken` bytes of a window, of which the content may be less. */
  onBody(stream: number, content: Buffer, taken: number, isLast: boolean): void
  onReset(stream: number, code: number): void
  onSettings(settings: readonly (readonly [id: number, value: number])[]): void
  onPing(payload: Buffer): void
  /** With what is said about it, which is there only during the call. */
  onGoAway(lastStream: number, code: number, debug: Buffer): void
  /** Of the connection where the stream is 0. */
  onWindow(stream: number, more: number): void
}

/** Takes what comes over a connection apart. `push` throws an `Http2Error` where it is no HTTP/2 or what was forbidden. */
export class Incoming {
  readonly #hearer: Hearer
  readonly #reader: FrameReader
  /** A header block of which more is to come. */
  #block: { readonly stream: number; readonly flags: number; readonly parts: Buffer[] } | undefined

  constructor(mostBytes: number, hearer: Hearer) {
    this.#hearer = hearer
    this.#reader = new FrameReader(mostBytes, (type, flags, stream, bytes, begin, end) =>
      this.#onFrame(type, flags, stream, bytes.subarray(begin, end)),
    )
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  #onFrame(type: number, flags: number, stream: number, payload: Buffer): void {
    if (this.#block !== undefined && type !== FRAME.continuation)
      throw new Http2Error('a header block was interrupted')
    const isAck = (flags & FLAG.ack) !== 0
    const hearer = this.#hearer
    switch (type) {
      case FRAME.data:
        hearer.onBody(stream, unpadded(flags, payload, 0), payload.length, (flags & FLAG.endStream) !== 0)
        return
      case FRAME.headers:
        this.#onBlock(stream, flags, [unpadded(flags, payload, (flags & FLAG.priority) === 0 ? 0 : 5)])
        return
      case FRAME.continuation:
        this.#onContinuation(stream, flags, payload)
        return
      case FRAME.reset:
        hearer.onReset(stream, numberOf(payload))
        return
      case FRAME.settings:
        if (!isAck) hearer.onSettings(settingsOf(payload))
        return
      case FRAME.ping:
        if (!isAck) hearer.onPing(payload)
        return
      case FRAME.goAway:
        hearer.onGoAway(numberOf(payload) & MOST_STREAM, numberOf(payload.subarray(4)), payload.subarray(8))
        return
      case FRAME.windowUpdate:
        hearer.onWindow(stream, numberOf(payload) & MOST_STREAM)
        return
      case FRAME.pushPromise:
        throw new Http2Error('something was pushed although that was forbidden')
    }
  }

  #onBlock(stream: number, flags: number, parts: Buffer[]): void {
    const isWhole = (flags & FLAG.endHeaders) !== 0
    // What is kept is copied: the bytes are there only during the call.
    this.#block = isWhole ? undefined : { stream, flags, parts: parts.map((part) => Buffer.from(part)) }
    const [first = Buffer.alloc(0), ...more] = parts
    const block = more.length === 0 ? first : Buffer.concat(parts)
    if (isWhole) this.#hearer.onHead(stream, block, (flags & FLAG.endStream) !== 0)
  }

  #onContinuation(stream: number, flags: number, part: Buffer): void {
    const held = this.#block
    if (held === undefined || held.stream !== stream)
      throw new Http2Error('a header block goes on that had not begun')
    this.#onBlock(stream, held.flags | (flags & FLAG.endHeaders), [...held.parts, part])
  }
}

/** Without what fills it up, and without so many bytes at its beginning. */
function unpadded(flags: number, payload: Buffer, skipped: number): Buffer {
  const isPadded = (flags & FLAG.padded) !== 0
  const begin = (isPadded ? 1 : 0) + skipped
  const end = payload.length - (isPadded ? (payload[0] ?? 0) : 0)
  if (begin > end) throw new Http2Error('a frame is padded by more than it holds')
  return payload.subarray(begin, end)
}

function numberOf(payload: Buffer): number {
  if (payload.length < 4) throw new Http2Error('a frame is shorter than its kind')
  return payload.readUInt32BE()
}

const settingsOf = (payload: Buffer): readonly (readonly [id: number, value: number])[] =>
  Array.from({ length: Math.floor(payload.length / 6) }, (_none, index) => [
    payload.readUInt16BE(6 * index),
    payload.readUInt32BE(6 * index + 2),
  ])
