/** Things to do at moments of virtual time, done in the order of their moments. */
export class Schedule {
  readonly #heap: { readonly at: number; readonly act: () => void }[] = []

  /** Two acts of one moment have no order of their own: give them different ones. */
  add(at: number, act: () => void): void {
    const heap = this.#heap
    let place = heap.length
    heap.push({ at, act })
    for (let parent = (place - 1) >> 1; place > 0; place = parent, parent = (place - 1) >> 1) {
      if (this.#at(parent) <= at) break
      this.#swap(place, parent)
    }
  }

  /** Until nothing is left; what is done may add more. */
  run(): void {
    for (let next = this.#take(); next !== undefined; next = this.#take()) next()
  }

  #take(): (() => void) | undefined {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined) return undefined
    if (heap.length === 0) return first.act
    heap[0] = last
    for (let place = 0; ; ) {
      const left = 2 * place + 1
      const lower = this.#at(left + 1) < this.#at(left) ? left + 1 : left
      if (this.#at(lower) >= this.#at(place)) return first.act
      this.#swap(place, lower)
      place = lower
    }
  }

  #at(place: number): number {
    return this.#heap[place]?.at ?? Number.POSITIVE_INFINITY
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap
    const [a, b] = [heap[one], heap[other]]
    if (a === undefined || b === undefined) return
    heap[one] = b
    heap[other] = a
  }
}
