import { HEAD_BYTES } from '../../proto/frames.ts'
import { MAX_FRAME_BYTES } from '../../proto/limits.ts'
import { WireError } from '../../proto/wire-error.ts'

/** One frame of a session; its payload lies in `bytes` from `begin` to `end`, and only during the call. */
export type OnFrame = (flags: number, bytes: Buffer, begin: number, end: number) => void

const PREFIX = 3

/** Cuts the bytes of an S2S session into frames, without a copy where a frame lies within one chunk. */
export class FrameSplitter {
  readonly #onFrame: OnFrame
  readonly #mostBytes: number
  #held: Buffer = Buffer.alloc(0)
  #length = 0

  /** Frames longer than `mostBytes` are refused. */
  constructor(onFrame: OnFrame, mostBytes: number = MAX_FRAME_BYTES) {
    this.#onFrame = onFrame
    this.#mostBytes = mostBytes
  }

  /** Throws `WireError` 'bad_frame' for a length that no frame has. */
  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      at = this.#length > 0 ? this.#complete(chunk, at) : this.#whole(chunk, at)
    }
  }

  /** Frames that lie whole in the chunk; what is left is held. Returns how far it came. */
  #whole(chunk: Buffer, from: number): number {
    let at = from
    for (;;) {
      const left = chunk.length - at
      const size =
        left < PREFIX ? Number.POSITIVE_INFINITY : PREFIX + this.#checked(chunk.readUIntBE(at, PREFIX))
      if (left < size) break
      this.#onFrame(chunk[at + PREFIX] ?? 0, chunk, at + HEAD_BYTES, at + size)
      at += size
      if (at === chunk.length) return at
    }
    return this.#hold(chunk, at, chunk.length)
  }

  /** Takes of the chunk what the frame that is held lacks. */
  #complete(chunk: Buffer, from: number): number {
    let at = from
    if (this.#length < PREFIX) {
      at = this.#hold(chunk, at, Math.min(chunk.length, at + PREFIX - this.#length))
      if (this.#length < PREFIX) return at
    }
    const size = PREFIX + this.#checked(this.#held.readUIntBE(0, PREFIX))
    at = this.#hold(chunk, at, Math.min(chunk.length, at + size - this.#length))
    if (this.#length < size) return at
    this.#length = 0
    this.#onFrame(this.#held[PREFIX] ?? 0, this.#held, HEAD_BYTES, size)
    return at
  }

  #hold(chunk: Buffer, begin: number, end: number): number {
    const length = this.#length + end - begin
    if (length > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#held.length, 64 * 1024))
      this.#held.copy(larger, 0, 0, this.#length)
      this.#held = larger
    }
    chunk.copy(this.#held, this.#length, begin, end)
    this.#length = length
    return end
  }

  #checked(length: number): number {
    if (length === 0) throw new WireError('bad_frame', 'a frame of length 0 lacks its flag byte')
    if (length > this.#mostBytes)
      throw new WireError('bad_frame', `a frame of ${length} bytes exceeds the limit of ${this.#mostBytes}`)
    return length
  }
}
