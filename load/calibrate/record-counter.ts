/** One frame of a session is complete; it held so many records. */
export type OnBatch = (records: number) => void

const FRAME_HEAD = 4
const RECORD = 0x0a

/**
 * Counts the records of `AppendInput`s in the frames of a session, as the load generator sends them, without keeping or
 * copying any of their bytes: whatever a null server does beside that is taken for the generator's own. Throws for anything
 * but records.
 */
export class RecordCounter {
  readonly #onBatch: OnBatch
  /** Bytes of the frame's head that have come, and the length they say. */
  #head = 0
  #length = 0
  /** What is left of the frame, and of the record in it. */
  #frameLeft = 0
  #recordLeft = 0
  /** The length of a record while it is read: what it comes to so far, and the place of its next seven bits; -1 before its tag. */
  #value = 0
  #shift = -1
  #records = 0

  constructor(onBatch: OnBatch) {
    this.#onBatch = onBatch
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#head < FRAME_HEAD) this.#readHead(chunk[at++] ?? 0)
      else if (this.#recordLeft > 0) at += this.#pass(Math.min(this.#recordLeft, chunk.length - at))
      else this.#readLength(chunk[at++] ?? 0)
      if (this.#head === FRAME_HEAD && this.#frameLeft === 0) this.#endFrame()
    }
  }

  /** Three bytes of length, which counts the flags behind it. */
  #readHead(byte: number): void {
    this.#head += 1
    if (this.#head < FRAME_HEAD) this.#length = this.#length * 256 + byte
    else this.#frameLeft = this.#length - 1
  }

  #pass(bytes: number): number {
    this.#recordLeft -= bytes
    this.#frameLeft -= bytes
    return bytes
  }

  /** A tag and the varint of a length. */
  #readLength(byte: number): void {
    this.#frameLeft -= 1
    if (this.#shift < 0) {
      if (byte !== RECORD)
        throw new Error(`field ${byte >>> 3} of an append is none that a null server counts`)
      this.#shift = 0
      return
    }
    this.#value += (byte & 0x7f) << this.#shift
    this.#shift += 7
    if (byte >= 0x80) return
    this.#records += 1
    this.#recordLeft = this.#value
    this.#value = 0
    this.#shift = -1
  }

  #endFrame(): void {
    const records = this.#records
    this.#head = 0
    this.#length = 0
    this.#records = 0
    this.#onBatch(records)
  }
}
