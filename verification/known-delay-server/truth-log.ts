/** What the server knows of one request. Times in microseconds on the clock that all processes of a machine have in common. */
export interface Answered {
  /** When it last looked at its sockets before it saw the request there: the request came after that. */
  readonly lookedUs: number
  readonly arrivedUs: number
  /** When it was to be answered. */
  readonly dueUs: number
  /** When it was; NaN for one that was not. */
  readonly writtenUs: number
}

const FIELDS = 4
const [LOOKED, ARRIVED, DUE, WRITTEN] = [0, 1, 2, 3] as const
/** Made at the beginning, so that nothing has to be moved in the middle of a measurement. */
const FIRST_ROWS = 2 ** 19

/** Keeps them in the order of arrival: the row of a request is its number. */
export class TruthLog {
  #cells: Float64Array
  #rows = 0

  constructor(rows: number = FIRST_ROWS) {
    this.#cells = new Float64Array(rows * FIELDS)
  }

  get rows(): number {
    return this.#rows
  }

  /** Returns its row. */
  arrived(lookedUs: number, arrivedUs: number, dueUs: number): number {
    const row = this.#rows++
    if (this.#rows * FIELDS > this.#cells.length) this.#grow()
    const at = row * FIELDS
    this.#cells[at + LOOKED] = lookedUs
    this.#cells[at + ARRIVED] = arrivedUs
    this.#cells[at + DUE] = dueUs
    this.#cells[at + WRITTEN] = Number.NaN
    return row
  }

  written(row: number, timeUs: number): void {
    this.#cells[row * FIELDS + WRITTEN] = timeUs
  }

  bytes(): Uint8Array {
    const { buffer, byteOffset } = this.#cells
    return new Uint8Array(buffer, byteOffset, this.#rows * FIELDS * Float64Array.BYTES_PER_ELEMENT)
  }

  #grow(): void {
    const larger = new Float64Array(this.#cells.length * 2)
    larger.set(this.#cells)
    this.#cells = larger
  }
}

/** What `bytes` has given, of a machine of the same byte order. */
export function readTruthLog(bytes: Uint8Array): readonly Answered[] {
  const cells = new Float64Array(bytes.slice().buffer)
  return Array.from({ length: cells.length / FIELDS }, (_none, row) => {
    const cell = (field: number): number => cells[row * FIELDS + field] ?? Number.NaN
    return {
      lookedUs: cell(LOOKED),
      arrivedUs: cell(ARRIVED),
      dueUs: cell(DUE),
      writtenUs: cell(WRITTEN),
    }
  })
}
