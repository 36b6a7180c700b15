import { FrameDecoder } from '../../../proto/frames.ts'
import type { Fired, WireDefect } from '../defect.ts'

/** Begins anew with each chunk, where it should go on in the middle of a frame. */
class ForgetfulDecoder extends FrameDecoder {
  readonly #newDecoder: () => FrameDecoder
  readonly #fired: Fired
  #current: FrameDecoder

  constructor(newDecoder: () => FrameDecoder, fired: Fired) {
    super()
    this.#newDecoder = newDecoder
    this.#fired = fired
    this.#current = newDecoder()
  }

  override push(chunk: Uint8Array): ReturnType<FrameDecoder['push']> {
    if (this.#current.buffered > 0) this.#current = this.#fired(this.#newDecoder())
    return this.#current.push(chunk)
  }

  override get buffered(): number {
    return this.#current.buffered
  }

  override end(): void {
    this.#current.end()
  }
}

export const framesBeginWithAPacket: WireDefect = {
  name: 'frames-begin-with-a-packet',
  seam: 'wire',
  only: 'transport',
  kills: ['PROP-007', 'PROP-008'],
  story: 'The rest of a frame that came in two packets is taken for the beginning of another.',
  apply: (wire, fired) => ({
    ...wire,
    newFrameDecoder: () => new ForgetfulDecoder(wire.newFrameDecoder, fired),
  }),
}
