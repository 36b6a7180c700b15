import { BodyChecksum } from './body-checksum.ts'
import type { Filler } from './filler.ts'
import {
  CHECKSUM,
  INDEX,
  INTENDED,
  PLACE,
  readU53,
  SIZE,
  STAMP_BYTES,
  type Stamp,
  TAG,
  viewOf,
  WRITER,
} from './stamp-layout.ts'

/** Why a body is not one of this run's, or not as it was written. */
export type Damage = 'too short' | 'of another run' | 'bytes changed'

/** Up to here a loop costs less than the call of what compares many bytes at once. */
const FEW_BYTES = 256

/** Reads the stamps of one run, and compares all bytes of the bodies that they are the end of. */
export class StampReader {
  /** What was read last. */
  readonly stamp: Stamp = { tag: 0, writer: 0, index: 0, intendedUs: 0, place: 0, size: 0 }
  readonly #tag: number
  readonly #filler: Filler
  readonly #checksum: BodyChecksum
  readonly #pool: DataView
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = viewOf(this.#bytes)

  constructor(tag: number, filler: Filler) {
    this.#tag = tag
    this.#filler = filler
    this.#checksum = new BodyChecksum(tag, filler)
    this.#pool = viewOf(filler.pool)
  }

  /** What is wrong with the body that lies in `bytes` from `begin` to `end`, if anything. */
  read(bytes: Buffer, begin: number, end: number): Damage | undefined {
    const at = end - STAMP_BYTES
    if (at < begin) return 'too short'
    // Many records come in the same bytes.
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = viewOf(bytes)
    }
    const view = this.#view
    const { stamp } = this
    stamp.tag = view.getUint32(at + TAG)
    if (stamp.tag !== this.#tag) return 'of another run'
    stamp.writer = view.getUint32(at + WRITER)
    stamp.index = readU53(view, at + INDEX)
    stamp.intendedUs = readU53(view, at + INTENDED)
    stamp.place = view.getUint16(at + PLACE)
    stamp.size = view.getUint16(at + SIZE)
    const { writer, index, intendedUs, place, size } = stamp
    const length = at - begin
    if (!this.#isFiller(begin, place, length)) return 'bytes changed'
    const sum = this.#checksum.of(writer, index, intendedUs, place, size, length)
    return sum === view.getUint32(at + CHECKSUM) ? undefined : 'bytes changed'
  }

  #isFiller(begin: number, place: number, length: number): boolean {
    const { pool } = this.#filler
    const from = this.#filler.begin(place)
    if (length > pool.length - from) return false
    if (length > FEW_BYTES) return this.#bytes.compare(pool, from, from + length, begin, begin + length) === 0
    const [view, other] = [this.#view, this.#pool]
    let at = 0
    for (; at + 8 <= length; at += 8) {
      if (view.getBigInt64(begin + at, true) !== other.getBigInt64(from + at, true)) return false
    }
    for (; at < length; at++) {
      if (view.getUint8(begin + at) !== other.getUint8(from + at)) return false
    }
    return true
  }
}
