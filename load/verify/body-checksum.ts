import { FILLERS, type Filler } from './filler.ts'
import { CHECKSUM, INDEX, INTENDED, PLACE, SIZE, TAG, WRITER } from './stamp-layout.ts'

/**
 * CRC-32 of bodies, as zlib has it. It is linear: what a sum (XOR) of bytes is summed up to is the sum of what each byte of
 * it alone would be, at its place. So nothing is gone through byte by byte: the checksum is put together from what the
 * batch, the index and the place of the record add, of which little is new from one record to the next.
 */
export class BodyChecksum {
  readonly #filler: Filler
  readonly #tag: number
  readonly #places = new Map<number, Int32Array>()
  #length = -1
  #row: Int32Array = new Int32Array(FILLERS)
  #batch = { writer: -1, intendedUs: -1, size: -1, added: 0 }
  #indexHigh = -1
  #indexAdded = 0

  constructor(tag: number, filler: Filler) {
    this.#filler = filler
    this.#tag = added(TAG, 4, tag)
  }

  /** Of a body whose filler has `length` bytes. */
  of(writer: number, index: number, intendedUs: number, place: number, size: number, length: number): number {
    return (
      ~(this.#ofBatch(writer, intendedUs, size) ^ this.#ofIndex(index) ^ this.#ofPlace(place, length)) >>> 0
    )
  }

  #ofBatch(writer: number, intendedUs: number, size: number): number {
    const batch = this.#batch
    if (batch.writer === writer && batch.intendedUs === intendedUs && batch.size === size) return batch.added
    const sum = this.#tag ^ added(WRITER, 4, writer) ^ added(INTENDED, 8, intendedUs) ^ added(SIZE, 2, size)
    this.#batch = { writer, intendedUs, size, added: sum }
    return sum
  }

  #ofIndex(index: number): number {
    const low = index % 256
    const high = index - low
    if (high !== this.#indexHigh) {
      this.#indexHigh = high
      this.#indexAdded = added(INDEX, 8, high)
    }
    return this.#indexAdded ^ addedBy(INDEX + 7, low)
  }

  /** The filler before the stamp is this place's own, so that one look-up tells of both. */
  #ofPlace(place: number, length: number): number {
    if (length !== this.#length) this.#findRow(length)
    const column = place % FILLERS
    // As good as never is it 0 for one that is known.
    const known = this.#row[column] ?? 0
    const before = known === 0 ? this.#addFiller(column, length) : known
    return before ^ addedBy(PLACE, place >>> 8) ^ addedBy(PLACE + 1, place & 0xff)
  }

  #findRow(length: number): void {
    this.#length = length
    const known = this.#places.get(length)
    this.#row = known ?? new Int32Array(FILLERS)
    if (known !== undefined) return
    if (this.#places.size >= MOST_ROWS) this.#places.clear()
    this.#places.set(length, this.#row)
  }

  #addFiller(column: number, length: number): number {
    const sum = pushed(~this.#filler.checksum(column, length), CHECKSUM)
    this.#row[column] = sum
    return sum
  }
}

/** So many lengths are remembered, 4 KiB each. */
const MOST_ROWS = 2048

const BYTES: Int32Array = new Int32Array(256).map((_zero, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** What a sum becomes when so many zeros follow. */
function pushed(sum: number, zeros: number): number {
  let value = sum
  for (let count = 0; count < zeros; count++) value = (value >>> 8) ^ (BYTES[value & 0xff] ?? 0)
  return value
}

/** For each place in a stamp, what each byte there adds to the sum of it. */
const ADDED: Int32Array = new Int32Array(CHECKSUM * 256).map((_zero, key) =>
  pushed(BYTES[key & 0xff] ?? 0, CHECKSUM - 1 - (key >>> 8)),
)

const addedBy = (at: number, byte: number): number => ADDED[at * 256 + byte] ?? 0

/** What a big-endian number of so many bytes adds. */
function added(at: number, bytes: number, value: number): number {
  let sum = 0
  let left = value
  for (let place = at + bytes - 1; place >= at; place--) {
    const byte = left % 256
    sum ^= addedBy(place, byte)
    left = (left - byte) / 256
  }
  return sum
}
