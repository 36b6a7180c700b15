import { HEAD_BYTES } from './frame.ts'

/** One frame; its payload lies in `bytes` from `begin` to `end`. */
export type OnHttp2Frame = (
  type: number,
  flags: number,
  stream: number,
  bytes: Buffer,
  begin: number,
  end: number,
) => void

/** The other side does not keep to HTTP/2, or is none that speaks it. */
export class Http2Error extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Http2Error'
  }
}

/** Cuts the bytes of a connection into frames, without a copy where a frame lies within one chunk. */
export class FrameReader {
  readonly #onFrame: OnHttp2Frame
  readonly #mostBytes: number
  #held: Buffer | undefined

  /** Frames with a longer payload than was allowed to the other side are refused. */
  constructor(mostBytes: number, onFrame: OnHttp2Frame) {
    this.#mostBytes = mostBytes
    this.#onFrame = onFrame
  }

  /** Throws `Http2Error`, and what `onFrame` throws. */
  push(chunk: Buffer): void {
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk])
    this.#held = undefined
    let at = 0
    while (bytes.length - at >= HEAD_BYTES) {
      const length = bytes.readUIntBE(at, 3)
      if (length > this.#mostBytes)
        throw new Http2Error(`a frame of ${length} bytes is longer than is allowed`)
      const begin = at + HEAD_BYTES
      if (bytes.length - begin < length) break
      const stream = bytes.readUInt32BE(at + 5) & 0x7fff_ffff
      this.#onFrame(bytes[at + 3] ?? 0, bytes[at + 4] ?? 0, stream, bytes, begin, begin + length)
      at = begin + length
    }
    if (at < bytes.length) this.#held = at === 0 ? bytes : bytes.subarray(at)
  }
}
