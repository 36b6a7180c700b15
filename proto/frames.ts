import type { CompressedPayload, Compression } from './compression.ts'
import { MAX_FRAME_BYTES, MAX_FRAME_PAYLOAD_BYTES } from './limits.ts'
import { joinPieces, lengthOfPieces, type Pieces } from './pieces.ts'
import { WireError } from './wire-error.ts'

/** A regular frame. `payload` is as it travelled, still compressed: `decompress` takes the frame itself. */
export interface MessageFrame extends CompressedPayload {
  readonly kind: 'message'
  /** Bit 4: the server will end soon (S2S-012). */
  readonly reconnectAdvised: boolean
  /** Bits 3 to 0, which carry no meaning yet (S2S-013). */
  readonly reservedBits: number
}

/** The session's last frame: what the unary call would have answered (S2S-008). */
export interface TerminalFrame {
  readonly kind: 'terminal'
  readonly status: number
  readonly json: string
  /** The whole flag byte; 0x80 when nothing but the terminal bit is set. */
  readonly flags: number
}

export type Frame = MessageFrame | TerminalFrame

export interface MessageToFrame extends CompressedPayload {
  readonly reconnectAdvised?: boolean
}

export interface PiecesToFrame extends Omit<MessageToFrame, 'payload'> {
  readonly payload: Pieces
}

/** Length prefix, flag byte, payload (S2S-005 to S2S-007). Throws `WireError` 'bad_frame' above the frame limit. */
export const encodeFrame = ({ payload, ...flags }: MessageToFrame): Uint8Array =>
  joinPieces(framePieces({ payload: [payload], ...flags }))

/** The same of a payload in pieces, which are taken as they are. */
export function framePieces({ payload, compression, reconnectAdvised = false }: PiecesToFrame): Pieces {
  const flags = compressionFlags(compression) | (reconnectAdvised ? RECONNECT_ADVISED : 0)
  return [frameHead(flags, lengthOfPieces(payload)), ...payload]
}

export function encodeTerminal(status: number, json: string): Uint8Array {
  const text = new TextEncoder().encode(json)
  const body = new Uint8Array(2 + text.length)
  new DataView(body.buffer).setUint16(0, status)
  body.set(text, 2)
  return joinPieces([frameHead(TERMINAL, body.length), body])
}

/**
 * Cuts the bytes of a session into frames, however they are chunked (S2S-016). The length is judged once its
 * three bytes are there (S2S-014), and memory grows with what has arrived, not with what a prefix announces.
 */
export class FrameDecoder {
  readonly #head: Uint8Array = new Uint8Array(HEAD_BYTES)
  #headLength = 0
  #parts: Uint8Array[] = []
  #bodyLength = 0
  #unread: Uint8Array = new Uint8Array(0)
  #failure: WireError | undefined

  /**
   * The frames that this chunk completes, which may share its memory: it must not be written to any more. A malformed frame throws `WireError` 'bad_frame' from the iteration,
   * after the good frames before it; every later call throws the same.
   */
  push(chunk: Uint8Array): Generator<Frame, void, undefined> {
    this.#unread =
      this.#unread.length === 0 ? chunk : join([this.#unread, chunk], this.#unread.length + chunk.length)
    return this.#frames()
  }

  /** Bytes of an unfinished frame. */
  get buffered(): number {
    return this.#headLength + this.#bodyLength + this.#unread.length
  }

  /** To be called at the end of the body: throws `WireError` 'bad_frame' when it ends inside a frame (S2S-024). */
  end(): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.buffered > 0)
      throw this.#fail(`the body ends inside a frame, after ${this.buffered} of its bytes`)
  }

  *#frames(): Generator<Frame, void, undefined> {
    if (this.#failure !== undefined) throw this.#failure
    while (this.#unread.length > 0) {
      if (this.#headLength < HEAD_BYTES) this.#readHead()
      else this.#readBody()
      if (this.#headLength === HEAD_BYTES && this.#bodyLength === this.#bodyExpected()) yield this.#finish()
    }
  }

  #readHead(): void {
    const part = this.#take(HEAD_BYTES - this.#headLength)
    this.#head.set(part, this.#headLength)
    this.#headLength += part.length
    if (this.#headLength < PREFIX_BYTES) return
    const length = this.#frameLength()
    if (length === 0) throw this.#fail('a frame of length 0 lacks its flag byte')
    if (length > MAX_FRAME_BYTES) {
      throw this.#fail(`a frame of ${length} bytes exceeds the limit of ${MAX_FRAME_BYTES}`)
    }
  }

  #readBody(): void {
    const part = this.#take(this.#bodyExpected() - this.#bodyLength)
    this.#parts.push(part)
    this.#bodyLength += part.length
    if (this.#parts.length > MAX_PARTS) this.#parts = [join(this.#parts, this.#bodyLength)]
  }

  #finish(): Frame {
    const flags = this.#head[PREFIX_BYTES] ?? 0
    const body = join(this.#parts, this.#bodyLength)
    this.#headLength = 0
    this.#parts = []
    this.#bodyLength = 0
    try {
      return parseFrame(flags, body)
    } catch (error) {
      if (error instanceof WireError) this.#failure = error
      throw error
    }
  }

  #frameLength(): number {
    const [high = 0, middle = 0, low = 0] = this.#head
    return (high << 16) | (middle << 8) | low
  }

  #bodyExpected(): number {
    return this.#frameLength() - 1
  }

  #take(count: number): Uint8Array {
    const part = this.#unread.subarray(0, count)
    this.#unread = this.#unread.subarray(count)
    return part
  }

  #fail(message: string): WireError {
    this.#failure = new WireError('bad_frame', message)
    return this.#failure
  }
}

/** The bit of the flag byte that says that a frame is the session's last (S2S-006). */
export const TERMINAL = 0x80
const RECONNECT_ADVISED = 0x10
const RESERVED = 0x0f
const COMPRESSIONS: readonly Compression[] = ['none', 'zstd', 'gzip']

const PREFIX_BYTES = 3
/** The length prefix and the flag byte. */
export const HEAD_BYTES: number = PREFIX_BYTES + 1

/** A body that comes in more chunks than this is put together in between: a chunk of one byte costs far more than that. */
const MAX_PARTS = 512

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function frameHead(flags: number, length: number): Uint8Array {
  if (length > MAX_FRAME_PAYLOAD_BYTES) {
    throw new WireError('bad_frame', `a payload of ${length} bytes does not fit into a frame`)
  }
  const head = new Uint8Array(HEAD_BYTES)
  new DataView(head.buffer).setUint32(0, ((length + 1) << 8) | flags)
  return head
}

function parseFrame(flags: number, body: Uint8Array): Frame {
  if ((flags & TERMINAL) !== 0) return parseTerminal(flags, body)
  const compression = compressionOf(flags)
  const reconnectAdvised = (flags & RECONNECT_ADVISED) !== 0
  return { kind: 'message', payload: body, compression, reconnectAdvised, reservedBits: flags & RESERVED }
}

/** The two bits of the flag byte that say it (S2S-006). */
export const compressionFlags = (compression: Compression): number => COMPRESSIONS.indexOf(compression) << 5

/** Throws `WireError` 'bad_frame'. */
export function compressionOf(flags: number): Compression {
  const compression = COMPRESSIONS[(flags >> 5) & 3]
  if (compression === undefined) throw new WireError('bad_frame', 'compression 3 is not defined')
  return compression
}

/** `body` without the flag byte. Throws `WireError` 'bad_frame'. */
export function parseTerminal(flags: number, body: Uint8Array): TerminalFrame {
  const [high, low] = body
  if (high === undefined || low === undefined) {
    throw new WireError('bad_frame', 'a terminal frame must begin with a status of two bytes')
  }
  try {
    return { kind: 'terminal', status: (high << 8) | low, json: strictUtf8.decode(body.subarray(2)), flags }
  } catch (cause) {
    throw new WireError('bad_frame', 'the text of a terminal frame is not UTF-8', { cause })
  }
}

/** One part is taken as it is: the frame then shares the memory of its chunk. */
function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
