import { ERROR, FLAG, FRAME, FRAME_NAMES, MOST_STREAM } from './frame.ts'
import { FrameReader, Http2Error } from './frame-reader.ts'
import { addPart, beginBlock, checkBlockBytes, type HeaderAssembly } from './header-assembly.ts'
import { IdleFrames } from './idle-frames.ts'
import { readSettings, type Setting } from './peer-settings.ts'

/** What the other side says, by what it means for a client of whole requests. */
export interface FrameListener {
  /** The head of an answer or, behind its body, trailers. */
  onHead(stream: number, block: Buffer, isLast: boolean): void
  /** `taken` bytes of a window, of which the content may be less. */
  onBody(stream: number, content: Buffer, taken: number, isLast: boolean): void
  onReset(stream: number, code: number): void
  onSettings(settings: readonly Setting[]): void
  onPing(payload: Buffer): void
  /** With what is said about it, which is there only during the call. */
  onGoAway(lastStream: number, code: number, debug: Buffer): void
  /** Of the connection where the stream is 0. */
  onWindow(stream: number, more: number): void
}

/** Smaller updates of windows than this count as idle frames. */
const WORTHWHILE_UPDATE = 4096

/**
 * Takes what comes over a connection apart. `push` throws an `Http2Error` for what RFC 9113 forbids, and for what it allows in a
 * number that does harm.
 */
export class Incoming {
  readonly #hearer: FrameListener
  readonly #reader: FrameReader
  readonly #idle = new IdleFrames()
  #block: HeaderAssembly | undefined

  constructor(mostBytes: number, hearer: FrameListener) {
    this.#hearer = hearer
    this.#reader = new FrameReader(mostBytes, (type, flags, stream, bytes, begin, end) =>
      this.#onFrame(type, flags, stream, bytes.subarray(begin, end)),
    )
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Reports that a frame brought part of an answer. */
  progressed(): void {
    this.#idle.reset()
  }

  #onFrame(type: number, flags: number, stream: number, payload: Buffer): void {
    if (this.#block !== undefined && type !== FRAME.continuation)
      throw new Http2Error('the target sent another frame inside a header block')
    if (type !== FRAME.continuation) this.#idle.add()
    if (type > FRAME.continuation) return
    checkForm(type, flags, stream, payload.length)
    const isAck = (flags & FLAG.ack) !== 0
    const hearer = this.#hearer
    switch (type) {
      case FRAME.data:
        hearer.onBody(
          stream,
          unpadded(type, flags, payload, 0),
          payload.length,
          (flags & FLAG.endStream) !== 0,
        )
        return
      case FRAME.headers:
        this.#onHeaders(stream, flags, unpadded(type, flags, payload, (flags & FLAG.priority) === 0 ? 0 : 5))
        return
      case FRAME.continuation:
        this.#onContinuation(stream, flags, payload)
        return
      case FRAME.reset:
        hearer.onReset(stream, payload.readUInt32BE())
        return
      case FRAME.settings:
        if (!isAck) hearer.onSettings(readSettings(payload))
        return
      case FRAME.ping:
        if (!isAck) hearer.onPing(payload)
        return
      case FRAME.goAway:
        hearer.onGoAway(payload.readUInt32BE() & MOST_STREAM, payload.readUInt32BE(4), payload.subarray(8))
        return
      case FRAME.windowUpdate:
        this.#onWindowUpdate(stream, payload.readUInt32BE() & MOST_STREAM)
        return
      case FRAME.pushPromise:
        throw new Http2Error('the target sent a PUSH_PROMISE frame although pushes are forbidden')
    }
  }

  #onWindowUpdate(stream: number, more: number): void {
    if (more === 0) throw new Http2Error('the target sent a WINDOW_UPDATE frame of 0')
    if (more >= WORTHWHILE_UPDATE) this.#idle.forgetLast()
    this.#hearer.onWindow(stream, more)
  }

  #onHeaders(stream: number, flags: number, part: Buffer): void {
    checkBlockBytes(part.length)
    if ((flags & FLAG.endHeaders) === 0) this.#block = beginBlock(stream, flags, part)
    else this.#hearer.onHead(stream, part, (flags & FLAG.endStream) !== 0)
  }

  #onContinuation(stream: number, flags: number, part: Buffer): void {
    const block = this.#block
    if (block === undefined || block.stream !== stream)
      throw new Http2Error('the target sent a CONTINUATION frame without HEADERS')
    addPart(block, part)
    if ((flags & FLAG.endHeaders) === 0) return
    this.#block = undefined
    this.#hearer.onHead(stream, Buffer.concat(block.parts, block.bytes), (block.flags & FLAG.endStream) !== 0)
  }
}

/** Types of frames that belong to a stream, and types that belong to the connection; WINDOW_UPDATE may be either. */
const OF_STREAM = bits(
  FRAME.data,
  FRAME.headers,
  FRAME.priority,
  FRAME.reset,
  FRAME.pushPromise,
  FRAME.continuation,
)
const OF_CONNECTION = bits(FRAME.settings, FRAME.ping, FRAME.goAway)

/** Numbers as bits of one number, which costs little to look into for each frame. */
function bits(...types: readonly number[]): number {
  return types.reduce((all, type) => all | (1 << type), 0)
}

/** Throws `Http2Error` for a frame of a known type on a stream where none may be, or of a length that it may not have. */
function checkForm(type: number, flags: number, stream: number, length: number): void {
  if (((stream === 0 ? OF_STREAM : OF_CONNECTION) & (1 << type)) !== 0)
    throw new Http2Error(`the target sent a ${FRAME_NAMES[type]} frame on stream ${stream}`)
  if (!hasLength(type, flags, length))
    throw new Http2Error(`the target sent a ${FRAME_NAMES[type]} frame of ${length} bytes`, ERROR.frameSize)
}

function hasLength(type: number, flags: number, length: number): boolean {
  switch (type) {
    case FRAME.priority:
      return length === 5
    case FRAME.reset:
    case FRAME.windowUpdate:
      return length === 4
    case FRAME.ping:
      return length === 8
    case FRAME.goAway:
      return length >= 8
    case FRAME.settings:
      return (flags & FLAG.ack) === 0 || length === 0
    default:
      return true
  }
}

/** Without its padding, and without so many bytes at its beginning. */
function unpadded(type: number, flags: number, payload: Buffer, skipped: number): Buffer {
  const isPadded = (flags & FLAG.padded) !== 0
  const begin = (isPadded ? 1 : 0) + skipped
  const end = payload.length - (isPadded ? (payload[0] ?? 0) : 0)
  if (begin > end)
    throw new Http2Error(`the target sent a ${FRAME_NAMES[type]} frame with more padding than bytes`)
  return payload.subarray(begin, end)
}
