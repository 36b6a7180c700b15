import type { Clock } from '../environment.ts'
import { LONGEST_TIMER } from '../longest-timer.ts'
import { Changes } from './changes.ts'

/** A time that runs out once; an infinite one never does. */
export class Countdown {
  /** Fires when the time has run out. */
  readonly ended: Changes = new Changes()
  readonly #clock: Clock
  #left: number
  #cancel: () => void = () => {}

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock
    this.#left = milliseconds
    if (milliseconds > 0 && milliseconds !== Number.POSITIVE_INFINITY) this.#arm()
  }

  get expired(): boolean {
    return this.#left <= 0
  }

  cancel(): void {
    this.#cancel()
  }

  #arm(): void {
    const step = Math.min(this.#left, LONGEST_TIMER)
    this.#cancel = this.#clock.timer(step, () => {
      this.#left -= step
      if (this.expired) this.ended.fire()
      else this.#arm()
    })
  }
}
