import { WireError } from '../../proto/wire-error.ts'

const MOST = Number.MAX_SAFE_INTEGER

/**
 * Reads the fields of a protobuf message where they lie, numbers as `number`: for the hot path, where the codecs of `proto`
 * make too much of each record. Throws `WireError` 'bad_proto' for what ends early or exceeds 2^53 - 1.
 */
export class Cursor {
  bytes: Buffer
  at = 0
  end = 0

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.bytes = bytes
    this.end = bytes.length
  }

  reset(bytes: Buffer, begin: number, end: number): void {
    this.bytes = bytes
    this.at = begin
    this.end = end
  }

  varint(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    let value = first & 0x7f
    let scale = 128
    for (;;) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) break
      scale *= 128
      if (scale > MOST) throw new WireError('bad_proto', 'a number has more bits than are counted here')
    }
    if (value > MOST) throw new WireError('bad_proto', `the number ${value} is too large to be counted here`)
    return value
  }

  /** Goes past a field of this wire type. */
  skip(wireType: number): void {
    switch (wireType) {
      case 0:
        // Of no use, whatever it is: also what would be too large.
        while (this.#byte() >= 0x80);
        return
      case 1:
        this.#forward(8)
        return
      case 2:
        this.#forward(this.varint())
        return
      case 5:
        this.#forward(4)
        return
      default:
        throw new WireError('bad_proto', `there is no wire type ${wireType}`)
    }
  }

  /** The end of the bytes that begin here with their length; they lie from `at` to it. */
  bytesEnd(): number {
    const length = this.varint()
    const end = this.at + length
    if (end > this.end) throw new WireError('bad_proto', 'a field is longer than what holds it')
    return end
  }

  #forward(length: number): void {
    this.at += length
    if (this.at > this.end) throw new WireError('bad_proto', 'a field is longer than what holds it')
  }

  #byte(): number {
    if (this.at >= this.end) throw new WireError('bad_proto', 'the message ends inside a field')
    return this.bytes[this.at++] ?? 0
  }
}
