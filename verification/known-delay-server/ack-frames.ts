import { LONG_VARINT_BYTES, writeLongVarint } from '../../load/transport/long-varint.ts'

const POSITION_BYTES = 1 + LONG_VARINT_BYTES
/** Tags of `AppendAck.start`, `end` and `tail`, and of a position's number. */
const [START, END, TAIL, SEQ_NUM] = [0x0a, 0x12, 0x1a, 0x08] as const
const MESSAGE_BYTES = 3 * (2 + POSITION_BYTES)
const FRAME_HEAD = 4
const FRAME_BYTES = FRAME_HEAD + MESSAGE_BYTES

/** Frames that acknowledge one record each, the second after the first, and so on. */
export class AckFrames {
  #seqNum = 0
  #pending = 0

  get written(): number {
    return this.#seqNum
  }

  /** One more is to be in what is taken next. */
  add(): void {
    this.#pending += 1
  }

  take(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.#pending * FRAME_BYTES)
    for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
      TEMPLATE.copy(bytes, at)
      writeLongVarint(bytes, this.#seqNum, at + FRAME_HEAD + 3)
      this.#seqNum += 1
      writeLongVarint(bytes, this.#seqNum, at + FRAME_HEAD + 3 + 2 + POSITION_BYTES)
      writeLongVarint(bytes, this.#seqNum, at + FRAME_HEAD + 3 + 2 * (2 + POSITION_BYTES))
    }
    this.#pending = 0
    return bytes
  }
}

const position = (tag: number): readonly number[] => [
  tag,
  POSITION_BYTES,
  SEQ_NUM,
  ...Array.from({ length: LONG_VARINT_BYTES }, () => 0),
]

const TEMPLATE = Buffer.from([
  0,
  0,
  MESSAGE_BYTES + 1,
  0,
  ...position(START),
  ...position(END),
  ...position(TAIL),
])
