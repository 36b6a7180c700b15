/** Records of one writer that follow one another among its records and in the stream. */
export interface Run {
  /** Of the first record, among those of its writer. */
  readonly index: number
  readonly count: number
  /** Of the first record, in the stream. */
  readonly seqNum: number
}

const NONE: Run = { index: 0, count: 0, seqNum: 0 }

const FIRST_BYTES = 256
/** Three numbers of up to eight bytes each. */
const MOST_BYTES = 24

/**
 * Where the records of one writer stand in its stream, as it was told or as a reader has seen it: in the writer's order.
 * What follows without others between is one run, so that a writer alone on its stream costs the same for any number; one
 * that is not costs some four bytes a run, as a run is kept as what lies between it and the one before.
 */
export class RunLog {
  #bytes: Uint8Array = new Uint8Array(0)
  #length = 0
  /** Where the runs that are kept end; the last run is not among them, as it may go on. */
  #keptIndex = 0
  #keptSeqNum = 0
  #index = 0
  #count = 0
  #seqNum = 0

  /** One past the last record, 0 for none. */
  get end(): number {
    return this.#index + this.#count
  }

  /** `index` must not lie before `end`. */
  add(index: number, count: number, seqNum: number): void {
    const before = this.#count
    if (before > 0 && this.#index + before === index && this.#seqNum + before === seqNum) {
      this.#count = before + count
      return
    }
    this.#keep()
    this.#index = index
    this.#count = count
    this.#seqNum = seqNum
  }

  /** Of `runsIn`; a copy, to be sent to another thread. */
  bytes(): Uint8Array {
    this.#keep()
    return this.#bytes.slice(0, this.#length)
  }

  [Symbol.iterator](): Generator<Run, void, undefined> {
    return runsIn(this.bytes())
  }

  /** What comes after it begins a run of its own. */
  #keep(): void {
    if (this.#count === 0) return
    if (this.#length + MOST_BYTES > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(FIRST_BYTES, 2 * this.#bytes.length))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#write(this.#index - this.#keptIndex)
    this.#write(this.#count)
    this.#write(zigzag(this.#seqNum - this.#keptSeqNum))
    this.#keptIndex = this.#index + this.#count
    this.#keptSeqNum = this.#seqNum + this.#count
    this.#index = this.#keptIndex
    this.#count = 0
  }

  #write(value: number): void {
    let left = value
    while (left >= 128) {
      this.#bytes[this.#length++] = (left % 128) + 128
      left = Math.floor(left / 128)
    }
    this.#bytes[this.#length++] = left
  }
}

/** The runs of which a `RunLog` has given the bytes. */
export function* runsIn(bytes: Uint8Array): Generator<Run, void, undefined> {
  let at = 0
  const read = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte % 128) * scale
      if (byte < 128) return value
    }
  }
  for (let before = NONE; at < bytes.length; ) {
    const index = before.index + before.count + read()
    const count = read()
    const seqNum = before.seqNum + before.count + unzigzag(read())
    before = { index, count, seqNum }
    yield before
  }
}

/** Numbers near 0 of either sign as small ones without; of whole numbers below 2^52. */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)
