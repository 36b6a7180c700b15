import { setImmediate } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Trace } from './trace.ts'

interface Event {
  readonly at: number
  /** Decides between events of the same instant. */
  readonly turn: number
  readonly what: string
  fire: (() => void) | undefined
}

/** Real time is given back to the process after so many events. */
const EVENTS_A_BREATH = 5000

/**
 * Virtual time in microseconds, and everything that waits for it. One event happens at a time, and all that follows from
 * it without waiting is over before the next: nothing else decides an order, so a seed decides all of them.
 */
export class Scheduler {
  readonly #chance: Chance
  readonly #trace: Trace
  readonly #heap: Event[] = []
  #now = 0
  #events = 0

  constructor(chance: Chance, trace: Trace) {
    this.#chance = chance
    this.#trace = trace
  }

  get now(): number {
    return this.#now
  }

  get events(): number {
    return this.#events
  }

  /** Fires once after this many microseconds, unless the returned function is called before. */
  after(delay: number, what: string, fire: () => void): () => void {
    const event: Event = { at: this.#now + delay, turn: this.#chance.random(), what, fire }
    this.#push(event)
    return () => {
      event.fire = undefined
    }
  }

  say(what: string): void {
    this.#trace.say(`${this.#now} ${what}`)
  }

  /** Lets events happen until `over`; false when none is left, or more have happened than `most`. */
  async run(over: () => boolean, most: number): Promise<boolean> {
    await drained()
    while (!over()) {
      const event = this.#pop()
      if (event === undefined || this.#events >= most) return false
      if (event.fire === undefined) continue
      this.#now = event.at
      this.#events++
      this.say(event.what)
      event.fire()
      await drained()
      if (this.#events % EVENTS_A_BREATH === 0) await setImmediate()
    }
    return true
  }

  #push(event: Event): void {
    const heap = this.#heap
    let place = heap.length
    heap.push(event)
    for (let parent = (place - 1) >> 1; place > 0; parent = (place - 1) >> 1) {
      const above = heap[parent]
      if (above === undefined || !isBefore(event, above)) break
      heap[place] = above
      place = parent
    }
    heap[place] = event
  }

  #pop(): Event | undefined {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let place = 0
    for (;;) {
      const child = this.#earlierChild(place)
      const below = heap[child]
      if (below === undefined || !isBefore(below, last)) break
      heap[place] = below
      place = child
    }
    heap[place] = last
    return first
  }

  #earlierChild(place: number): number {
    const left = 2 * place + 1
    const [one, other] = [this.#heap[left], this.#heap[left + 1]]
    return one !== undefined && other !== undefined && isBefore(other, one) ? left + 1 : left
  }
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn)

/** Node takes its next tick when no promise is left that could go on. */
const drained = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))
