import { TransportError } from '../transport-error.ts'
import { FLAG, FRAME, HEAD_BYTES } from './frame.ts'

/** One frame; its payload lies in `bytes` from `begin` to `end`, and only during the call. */
export type OnHttp2Frame = (
  type: number,
  flags: number,
  stream: number,
  bytes: Buffer,
  begin: number,
  end: number,
) => void

/** The other side does not keep to HTTP/2, or is none that speaks it. */
export class Http2Error extends TransportError {
  override readonly name: string = 'Http2Error'

  constructor(message: string) {
    super('malformed', message)
  }
}

/**
 * Cuts the bytes of a connection into frames. Data that lies in several chunks is told as several frames of data, of which
 * the last one ends the stream if the whole did, so that it is never copied; what is left of another frame is kept.
 */
export class FrameReader {
  readonly #onFrame: OnHttp2Frame
  readonly #mostBytes: number
  #held: Buffer | undefined
  /** What is left of a frame of data. */
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
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk])
    this.#held = undefined
    let at = this.#goOn(bytes, 0)
    while (bytes.length - at >= HEAD_BYTES) {
      const length = bytes.readUIntBE(at, 3)
      if (length > this.#mostBytes)
        throw new Http2Error(`a frame of ${length} bytes is longer than is allowed`)
      const type = bytes[at + 3] ?? 0
      const flags = bytes[at + 4] ?? 0
      const stream = bytes.readUInt32BE(at + 5) & 0x7fff_ffff
      const begin = at + HEAD_BYTES
      if (bytes.length - begin >= length) {
        this.#onFrame(type, flags, stream, bytes, begin, begin + length)
        at = begin + length
      } else if (type === FRAME.data && (flags & FLAG.padded) === 0) {
        this.#dataLeft = length
        this.#dataFlags = flags
        this.#dataStream = stream
        at = this.#goOn(bytes, begin)
      } else break
    }
    // The chunk's own bytes are used again.
    if (at < bytes.length) this.#held = Buffer.from(bytes.subarray(at))
  }

  /** As much of the data under way as is there; returns where it ends. */
  #goOn(bytes: Buffer, begin: number): number {
    const end = Math.min(bytes.length, begin + this.#dataLeft)
    if (end === begin) return begin
    this.#dataLeft -= end - begin
    const flags = this.#dataLeft === 0 ? this.#dataFlags : this.#dataFlags & ~FLAG.endStream
    this.#onFrame(FRAME.data, flags, this.#dataStream, bytes, begin, end)
    return end
  }
}
