import type { Timestamp } from '../../proto/types.ts'
import type { Clock } from '../environment.ts'
import type { Background } from './background.ts'

/** A task takes at most one part in so many of the time, however long it takes. */
const SHARE = 10

/** It sleeps no longer than this, in milliseconds, without a look at the clock, which may have been set or stopped. */
const LONGEST_SLEEP = 3_600_000

/**
 * Does a task when it is wanted, once for all who wanted it until then, and rests between two times: who wants it often
 * does not get it more often. As long as nobody wants it, nothing happens. A task that fails is not done again: the server
 * says in its health that it must be started anew (`Background`).
 */
export class Alarm {
  readonly #clock: Clock
  readonly #background: Background
  readonly #rest: number
  #task: () => Promise<void> = async () => {}
  #wanted: Timestamp | undefined
  /** At work, or at rest after it. */
  #busy = false
  #cancel: () => void = () => {}

  /** `rest` is the least time between two tasks, in milliseconds. */
  constructor(clock: Clock, background: Background, rest: number) {
    this.#clock = clock
    this.#background = background
    this.#rest = rest
  }

  /** From now on this is the task; it is not done before the first rest is over. */
  start(task: () => Promise<void>): void {
    this.#task = task
    this.#restFor(this.#rest)
  }

  /** Some time from this instant on the task is done. Costs a comparison where it is wanted earlier than that anyway. */
  want(at: Timestamp): void {
    if (this.#wanted !== undefined && this.#wanted <= at) return
    this.#wanted = at
    if (!this.#busy) this.#sleep(at)
  }

  #sleep(until: Timestamp): void {
    this.#cancel()
    const delay = Math.min(Math.max(0, Number(until - this.#clock.now())), LONGEST_SLEEP)
    this.#cancel = this.#background.after(delay, () => this.#wake())
  }

  async #wake(): Promise<void> {
    const began = this.#clock.now()
    if (this.#wanted === undefined) return
    if (began < this.#wanted) return this.#sleep(this.#wanted)
    this.#wanted = undefined
    this.#busy = true
    await this.#task()
    const took = Number(this.#clock.now() - began)
    this.#restFor(Math.max(this.#rest, took * (SHARE - 1)))
  }

  #restFor(milliseconds: number): void {
    this.#busy = true
    this.#background.after(Math.min(milliseconds, LONGEST_SLEEP), async () => {
      this.#busy = false
      if (this.#wanted !== undefined) this.#sleep(this.#wanted)
    })
  }
}
