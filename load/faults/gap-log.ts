/** Shorter ones are none: the time between two acks of a load that goes well. */
export const LEAST_GAP_US = 5000

/** Times without an ack that were longer than that, in order: pairs of a beginning and an end on the common clock. */
export class GapLog {
  #cells = new Float64Array(256)
  #length = 0
  #last = Number.POSITIVE_INFINITY

  start(timeUs: number): void {
    this.#last = timeUs
  }

  /** An ack came at this time. */
  see(timeUs: number): void {
    if (timeUs - this.#last > LEAST_GAP_US) this.#add(this.#last, timeUs)
    this.#last = timeUs
  }

  /** A copy, with what lasts until now. */
  cells(nowUs: number): Float64Array {
    const open = nowUs - this.#last > LEAST_GAP_US ? [this.#last, nowUs] : []
    return Float64Array.from([...this.#cells.subarray(0, this.#length), ...open])
  }

  #add(from: number, to: number): void {
    if (this.#length === this.#cells.length) {
      const larger = new Float64Array(2 * this.#cells.length)
      larger.set(this.#cells)
      this.#cells = larger
    }
    this.#cells[this.#length] = from
    this.#cells[this.#length + 1] = to
    this.#length += 2
  }
}

export interface Gap {
  readonly fromUs: number
  readonly toUs: number
}

export const gapsIn = (cells: Float64Array): readonly Gap[] =>
  Array.from({ length: cells.length / 2 }, (_none, index) => ({
    fromUs: cells[2 * index] ?? 0,
    toUs: cells[2 * index + 1] ?? 0,
  }))

/** Times in which none of several threads had an ack: those that lie in a gap of each. */
export function commonGaps(all: readonly (readonly Gap[])[]): readonly Gap[] {
  const [first = [], ...others] = all
  return others.reduce(intersect, first).filter(({ fromUs, toUs }) => toUs - fromUs > LEAST_GAP_US)
}

function intersect(one: readonly Gap[], other: readonly Gap[]): readonly Gap[] {
  const both: Gap[] = []
  for (let left = 0, right = 0; left < one.length && right < other.length; ) {
    const [a, b] = [one[left], other[right]]
    if (a === undefined || b === undefined) break
    const fromUs = Math.max(a.fromUs, b.fromUs)
    const toUs = Math.min(a.toUs, b.toUs)
    if (toUs > fromUs) both.push({ fromUs, toUs })
    if (a.toUs < b.toUs) left += 1
    else right += 1
  }
  return both
}
