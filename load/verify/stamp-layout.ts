/**
 * The end of every record's body, in big-endian numbers:
 *
 *   bytes  0-3   the tag of the run
 *          4-7   the writer
 *          8-15  the number of the record among those of its writer, from 0
 *         16-23  when the append was to begin, in microseconds since 1970
 *         24-25  the place of the record in its batch, from 0
 *         26-27  how many records the batch has
 *         28-31  CRC-32 of the whole body before it
 *
 * What stands before it is filler.
 */
export const STAMP_BYTES = 32

export const TAG = 0
export const WRITER = 4
export const INDEX = 8
export const INTENDED = 16
export const PLACE = 24
export const SIZE = 26
export const CHECKSUM = 28

export interface Stamp {
  tag: number
  writer: number
  index: number
  intendedUs: number
  place: number
  size: number
}

const HIGH = 2 ** 32

export function writeU53(view: DataView, at: number, value: number): void {
  view.setUint32(at, Math.floor(value / HIGH))
  view.setUint32(at + 4, value % HIGH)
}

export const readU53 = (view: DataView, at: number): number =>
  view.getUint32(at) * HIGH + view.getUint32(at + 4)

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
