import { HIGHEST_US, PLACES, placeOf } from './layout.ts'

/** Values before the counts: how many, their sum, the least and the greatest of them, in exact microseconds. */
const HEAD = 5
const [COUNT, SUM, LEAST, GREATEST, CLIPPED] = [0, 1, 2, 3, 4] as const

export const RECORDER_BYTES: number = (HEAD + PLACES) * Float64Array.BYTES_PER_ELEMENT

/**
 * Counts latencies, in memory that another thread may read at any time: one thread records, and what it has recorded is
 * never taken back. A reader may see a count that lacks the last value, and nothing worse.
 */
export class Recorder {
  readonly #cells: Float64Array

  /** `memory` has `RECORDER_BYTES` from `offset` on; zeros are an empty recorder. */
  constructor(memory: SharedArrayBuffer | ArrayBuffer, offset = 0) {
    this.#cells = new Float64Array(memory, offset, HEAD + PLACES)
  }

  /** Microseconds, of which fractions are rounded; below 0 counts as 0, above an hour as an hour and as clipped. */
  record(microseconds: number): void {
    const cells = this.#cells
    const value = microseconds < 0 ? 0 : microseconds > HIGHEST_US ? HIGHEST_US : Math.round(microseconds)
    if (value === HIGHEST_US && microseconds > HIGHEST_US) add(cells, CLIPPED, 1)
    if (at(cells, COUNT) === 0 || value < at(cells, LEAST)) cells[LEAST] = value
    if (value > at(cells, GREATEST)) cells[GREATEST] = value
    add(cells, SUM, value)
    add(cells, HEAD + placeOf(value), 1)
    add(cells, COUNT, 1)
  }

  /** A copy of what there is now. */
  snapshot(): Counts {
    const cells = this.#cells.slice()
    const counts = cells.subarray(HEAD)
    // What has been counted, also where a value came between the two.
    let count = 0
    const last = placeOf(at(cells, GREATEST))
    for (let place = 0; place <= last; place++) count += at(counts, place)
    return {
      count,
      sum: at(cells, SUM),
      least: at(cells, LEAST),
      greatest: at(cells, GREATEST),
      clipped: at(cells, CLIPPED),
      counts,
    }
  }
}

/** Counts nothing: what counting costs is what it costs more. */
export class NoopRecorder extends Recorder {
  override record(): void {}
}

/** Latencies as counts by place; every time in microseconds. */
export interface Counts {
  readonly count: number
  readonly sum: number
  /** 0 when nothing was counted. */
  readonly least: number
  readonly greatest: number
  /** Values above the highest that can be told, counted there. */
  readonly clipped: number
  readonly counts: Float64Array
}

const at = (cells: Float64Array, index: number): number => cells[index] ?? 0

function add(cells: Float64Array, index: number, amount: number): void {
  cells[index] = at(cells, index) + amount
}
