import { crc32 } from './crc32.ts'
import type { Filler } from './filler.ts'

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

const TAG = 0
const WRITER = 4
const INDEX = 8
const INTENDED = 16
const PLACE = 24
const SIZE = 26
const CHECKSUM = 28

export interface Stamp {
  tag: number
  writer: number
  index: number
  intendedUs: number
  place: number
  size: number
}

/** Writes the stamp of the record whose body ends at `end`, and whose filler of `length` bytes stands before it. */
export function writeStamp(
  bytes: Buffer,
  end: number,
  stamp: Readonly<Stamp>,
  filler: Filler,
  length: number,
): void {
  const at = end - STAMP_BYTES
  bytes.writeUInt32BE(stamp.tag, at + TAG)
  bytes.writeUInt32BE(stamp.writer, at + WRITER)
  writeU53(bytes, stamp.index, at + INDEX)
  writeU53(bytes, stamp.intendedUs, at + INTENDED)
  bytes.writeUInt16BE(stamp.place, at + PLACE)
  bytes.writeUInt16BE(stamp.size, at + SIZE)
  bytes.writeUInt32BE(crc32(bytes, at, at + CHECKSUM, filler.checksum(stamp.place, length)), at + CHECKSUM)
}

/** The intended time alone, in the place where a stamp has it, of a body that ends at `end`. */
export const writeIntended = (bytes: Buffer, end: number, intendedUs: number): void =>
  writeU53(bytes, intendedUs, end - STAMP_BYTES + INTENDED)

export const readIntended = (bytes: Buffer, end: number): number =>
  readU53(bytes, end - STAMP_BYTES + INTENDED)

/** Why a body is not one of this run's, or not as it was written. */
export type Damage = 'too short' | 'of another run' | 'bytes changed'

/** Reads the stamp of a body into `stamp`, all bytes of the body being compared; what is wrong with it, if anything. */
export function readStamp(
  bytes: Buffer,
  begin: number,
  end: number,
  tag: number,
  filler: Filler,
  stamp: Stamp,
): Damage | undefined {
  const at = end - STAMP_BYTES
  if (at < begin) return 'too short'
  stamp.tag = bytes.readUInt32BE(at + TAG)
  if (stamp.tag !== tag) return 'of another run'
  stamp.writer = bytes.readUInt32BE(at + WRITER)
  stamp.index = readU53(bytes, at + INDEX)
  stamp.intendedUs = readU53(bytes, at + INTENDED)
  stamp.place = bytes.readUInt16BE(at + PLACE)
  stamp.size = bytes.readUInt16BE(at + SIZE)
  const length = at - begin
  const from = filler.begin(stamp.place)
  const isFiller = length <= filler.pool.length - from && isSame(bytes, begin, filler.pool, from, length)
  const sum = isFiller ? crc32(bytes, at, at + CHECKSUM, filler.checksum(stamp.place, length)) : -1
  return sum === bytes.readUInt32BE(at + CHECKSUM) ? undefined : 'bytes changed'
}

/** Up to here a loop costs less than the call of what compares many bytes at once. */
const FEW_BYTES = 128

function isSame(one: Buffer, begin: number, other: Buffer, from: number, length: number): boolean {
  if (length > FEW_BYTES) return one.compare(other, from, from + length, begin, begin + length) === 0
  for (let at = 0; at < length; at++) {
    if (one[begin + at] !== other[from + at]) return false
  }
  return true
}

const HIGH = 2 ** 32

function writeU53(bytes: Buffer, value: number, at: number): void {
  bytes.writeUInt32BE(Math.floor(value / HIGH), at)
  bytes.writeUInt32BE(value % HIGH, at + 4)
}

const readU53 = (bytes: Buffer, at: number): number =>
  bytes.readUInt32BE(at) * HIGH + bytes.readUInt32BE(at + 4)
