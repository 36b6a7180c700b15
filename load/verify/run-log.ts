/** Records of one writer that follow one another among its records and in the stream. */
export interface Run {
  /** Of the first record, among those of its writer. */
  readonly index: number
  readonly count: number
  /** Of the first record, in the stream. */
  readonly seqNum: number
}

/**
 * Where the records of one writer stand in its stream, as it was told or as a reader has seen it: in the writer's order.
 * What follows without others between is one run, so that a writer alone on its stream costs the same for any number.
 */
export class RunLog {
  /** Three cells a run: index, count, sequence number. */
  #cells: Float64Array
  #length: number

  constructor(cells: Float64Array = new Float64Array(0)) {
    this.#cells = cells
    this.#length = cells.length / FIELDS
  }

  /** One past the last record, 0 for none. */
  get end(): number {
    const last = this.#length - 1
    return last < 0 ? 0 : this.#at(last, INDEX) + this.#at(last, COUNT)
  }

  /** `index` must not lie before `end`. */
  add(index: number, count: number, seqNum: number): void {
    const last = this.#length - 1
    const before = last < 0 ? 0 : this.#at(last, COUNT)
    const follows =
      last >= 0 && this.#at(last, INDEX) + before === index && this.#at(last, SEQ_NUM) + before === seqNum
    if (follows) this.#cells[FIELDS * last + COUNT] = before + count
    else this.#append(index, count, seqNum)
  }

  *[Symbol.iterator](): Generator<Run, void, undefined> {
    for (let run = 0; run < this.#length; run++) {
      yield { index: this.#at(run, INDEX), count: this.#at(run, COUNT), seqNum: this.#at(run, SEQ_NUM) }
    }
  }

  /** A copy, to be sent to another thread; the constructor takes it. */
  cells(): Float64Array {
    return this.#cells.slice(0, FIELDS * this.#length)
  }

  #append(index: number, count: number, seqNum: number): void {
    if (FIELDS * this.#length === this.#cells.length) {
      const larger = new Float64Array(Math.max(FIELDS * 64, 2 * this.#cells.length))
      larger.set(this.#cells)
      this.#cells = larger
    }
    const at = FIELDS * this.#length
    this.#cells[at + INDEX] = index
    this.#cells[at + COUNT] = count
    this.#cells[at + SEQ_NUM] = seqNum
    this.#length += 1
  }

  #at(run: number, field: number): number {
    return this.#cells[FIELDS * run + field] ?? 0
  }
}

const FIELDS = 3
const [INDEX, COUNT, SEQ_NUM] = [0, 1, 2] as const
