import { BodyChecksum } from './body-checksum.ts'
import type { Filler } from './filler.ts'
import {
  CHECKSUM,
  INDEX,
  INTENDED,
  PLACE,
  SIZE,
  STAMP_BYTES,
  type Stamp,
  TAG,
  WRITER,
  writeU53,
} from './stamp-layout.ts'

/** Writes the stamps of one run. */
export class StampWriter {
  readonly #tag: number
  readonly #checksum: BodyChecksum

  constructor(tag: number, filler: Filler) {
    this.#tag = tag
    this.#checksum = new BodyChecksum(tag, filler)
  }

  /** That of the record whose body ends at `end`, and whose filler of `length` bytes stands before it. */
  write(view: DataView, end: number, stamp: Readonly<Omit<Stamp, 'tag'>>, length: number): void {
    const { writer, index, intendedUs, place, size } = stamp
    const at = end - STAMP_BYTES
    view.setUint32(at + TAG, this.#tag)
    view.setUint32(at + WRITER, writer)
    writeU53(view, at + INDEX, index)
    writeU53(view, at + INTENDED, intendedUs)
    view.setUint16(at + PLACE, place)
    view.setUint16(at + SIZE, size)
    view.setUint32(at + CHECKSUM, this.#checksum.of(writer, index, intendedUs, place, size, length))
  }
}
