/** Of a number up to 2^53 - 1, whatever it is: in more bytes than it needs, so that it can be written anew in its place. */
export const LONG_VARINT_BYTES = 8

/** A varint as good as a shorter one. */
export function writeLongVarint(bytes: Buffer, value: number, at: number): void {
  let left = value
  for (let index = 0; index < LONG_VARINT_BYTES - 1; index++) {
    bytes[at + index] = (left % 128) | 0x80
    left = Math.floor(left / 128)
  }
  bytes[at + LONG_VARINT_BYTES - 1] = left
}
