/** One append, from plan to end; times in microseconds on the common clock. */
export interface Traced {
  readonly writer: number
  /** Of its first record, among those of its writer. */
  readonly index: number
  readonly intendedUs: number
  readonly sentUs: number
  readonly endedUs: number
}

const FIELDS = 5
const [WRITER, INDEX, INTENDED, SENT, ENDED] = [0, 1, 2, 3, 4] as const
/** Before the rows: how many there are. */
const HEAD = 1

export const traceBytes = (rows: number): number => (HEAD + rows * FIELDS) * Float64Array.BYTES_PER_ELEMENT

/**
 * What became of each append by itself, in the order of their ends, in memory that another thread may read: for whoever wants to lay
 * it beside what the target knows. It has room for so many; those that come later are not kept.
 */
export class Trace {
  readonly #cells: Float64Array

  constructor(memory: SharedArrayBuffer) {
    this.#cells = new Float64Array(memory)
  }

  add({ writer, index, intendedUs, sentUs }: Omit<Traced, 'endedUs'>, endedUs: number): void {
    const cells = this.#cells
    const row = cells[0] ?? 0
    const at = HEAD + row * FIELDS
    if (at + FIELDS > cells.length) return
    cells[at + WRITER] = writer
    cells[at + INDEX] = index
    cells[at + INTENDED] = intendedUs
    cells[at + SENT] = sentUs
    cells[at + ENDED] = endedUs
    cells[0] = row + 1
  }

  *[Symbol.iterator](): Generator<Traced, void, undefined> {
    const count = this.#cells[0] ?? 0
    for (let row = 0; row < count; row++) {
      const cell = (field: number): number => this.#cells[HEAD + row * FIELDS + field] ?? 0
      yield {
        writer: cell(WRITER),
        index: cell(INDEX),
        intendedUs: cell(INTENDED),
        sentUs: cell(SENT),
        endedUs: cell(ENDED),
      }
    }
  }
}
