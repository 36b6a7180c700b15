/** Something that is to happen at a time of the common clock, in microseconds. */
export interface Due {
  readonly at: number
}

/** What is due, by time; what is put in is due later than the rest, most often. */
export class DueList<Item extends Due> {
  readonly #items: Item[] = []
  #first = 0

  get next(): number {
    return this.#items[this.#first]?.at ?? Number.POSITIVE_INFINITY
  }

  add(due: Item): void {
    let at = this.#items.length
    while (at > this.#first && (this.#items[at - 1]?.at ?? 0) > due.at) at--
    if (at === this.#items.length) this.#items.push(due)
    else this.#items.splice(at, 0, due)
  }

  take(): Item | undefined {
    const due = this.#items[this.#first]
    if (due === undefined) return undefined
    this.#first += 1
    if (this.#first === this.#items.length || this.#first === MOST_BEHIND) {
      this.#items.splice(0, this.#first)
      this.#first = 0
    }
    return due
  }
}

/** Items that were taken and are still kept: each removal moves the rest, so many are removed together. */
const MOST_BEHIND = 4096
