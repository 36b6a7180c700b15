import { TransportError } from '../transport-error.ts'
import { ERROR, FLAG, FRAME, HEAD_BYTES } from './frame.ts'

/** One frame; its payload lies in `bytes` from `begin` to `end`, and only during the call. */
export type OnHttp2Frame = (
  type: number,
  flags: number,
  stream: number,
  bytes: Buffer,
  begin: number,
  end: number,
) => void

/** The target breaks or abuses HTTP/2; `http2Code` is the error code for its connection. */
export class Http2Error extends TransportError {
  override readonly name: string = 'Http2Error'
  readonly http2Code: number

  constructor(message: string, http2Code: number = ERROR.protocol) {
    super('malformed', message)
    this.http2Code = http2Code
  }
}

/**
 * Cuts the bytes of a connection into frames. Data that lies in several chunks is reported as several frames of data, of which
 * the last one ends the stream if the whole did, so that it is never copied. Each byte of another frame is copied once at most.
 */
export class FrameReader {
  readonly #onFrame: OnHttp2Frame
  readonly #mostBytes: number
  /** The beginning of a frame that is not complete, `#heldBytes` long. */
  #held: Buffer = Buffer.alloc(HEAD_BYTES)
  #heldBytes = 0
  /** Bytes that are missing of a frame of data. */
  #dataLeft = 0
  #dataFlags = 0
  #dataStream = 0

  /** Frames with a longer payload than was allowed to the other side are refused. */
  constructor(mostBytes: number, onFrame: OnHttp2Frame) {
    this.#mostBytes = mostBytes
    this.#onFrame = onFrame
  }

  /** Throws `Http2Error`, and what `onFrame` throws. */
  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#dataLeft > 0) at = this.#goOn(chunk, at)
      else if (this.#heldBytes > 0) at = this.#complete(chunk, at)
      else at = this.#whole(chunk, at)
    }
  }

  /** Reports the frames that are whole in the chunk and holds the rest; returns the end of what it used. */
  #whole(bytes: Buffer, from: number): number {
    let at = from
    while (bytes.length - at >= HEAD_BYTES) {
      const length = this.#lengthAt(bytes, at)
      const begin = at + HEAD_BYTES
      if (bytes.length - begin < length) {
        if (this.#beginData(bytes, at, length)) return begin
        break
      }
      this.#report(bytes, at, length)
      at = begin + length
    }
    return at === bytes.length ? at : this.#hold(bytes, at, bytes.length)
  }

  /** Adds to the frame that is held what it lacks; returns the end of what it used. */
  #complete(chunk: Buffer, from: number): number {
    let at = from
    if (this.#heldBytes < HEAD_BYTES) {
      at = this.#hold(chunk, at, Math.min(chunk.length, at + HEAD_BYTES - this.#heldBytes))
      if (this.#heldBytes < HEAD_BYTES) return at
    }
    const length = this.#lengthAt(this.#held, 0)
    if (this.#heldBytes === HEAD_BYTES && length > 0 && this.#beginData(this.#held, 0, length)) {
      this.#heldBytes = 0
      return at
    }
    const missing = HEAD_BYTES + length - this.#heldBytes
    at = this.#hold(chunk, at, Math.min(chunk.length, at + missing), HEAD_BYTES + length)
    if (this.#heldBytes < HEAD_BYTES + length) return at
    this.#heldBytes = 0
    this.#report(this.#held, 0, length)
    return at
  }

  #lengthAt(bytes: Buffer, at: number): number {
    const length = bytes.readUIntBE(at, 3)
    if (length > this.#mostBytes)
      throw new Http2Error(
        `the target sent a frame of ${length} bytes, which is longer than is allowed`,
        ERROR.frameSize,
      )
    return length
  }

  /** Whether the frame that begins here is one of data that can be reported in parts. */
  #beginData(bytes: Buffer, at: number, length: number): boolean {
    const flags = bytes[at + 4] ?? 0
    if (bytes[at + 3] !== FRAME.data || (flags & FLAG.padded) !== 0) return false
    this.#dataLeft = length
    this.#dataFlags = flags
    this.#dataStream = bytes.readUInt32BE(at + 5) & 0x7fff_ffff
    return true
  }

  #report(bytes: Buffer, at: number, length: number): void {
    const stream = bytes.readUInt32BE(at + 5) & 0x7fff_ffff
    const begin = at + HEAD_BYTES
    this.#onFrame(bytes[at + 3] ?? 0, bytes[at + 4] ?? 0, stream, bytes, begin, begin + length)
  }

  /** Copies this part of a chunk behind what is held, in a buffer of at least `capacity` bytes. */
  #hold(chunk: Buffer, begin: number, end: number, capacity: number = HEAD_BYTES): number {
    const length = this.#heldBytes + end - begin
    if (Math.max(length, capacity) > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, capacity))
      this.#held.copy(larger, 0, 0, this.#heldBytes)
      this.#held = larger
    }
    chunk.copy(this.#held, this.#heldBytes, begin, end)
    this.#heldBytes = length
    return end
  }

  /** Reports as much of the data under way as is there; returns where it ends. */
  #goOn(bytes: Buffer, begin: number): number {
    const end = Math.min(bytes.length, begin + this.#dataLeft)
    this.#dataLeft -= end - begin
    const flags = this.#dataLeft === 0 ? this.#dataFlags : this.#dataFlags & ~FLAG.endStream
    this.#onFrame(FRAME.data, flags, this.#dataStream, bytes, begin, end)
    return end
  }
}
