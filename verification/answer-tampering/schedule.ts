import { setTimeout as delay, setImmediate } from 'node:timers/promises'
import { hasBusyThread } from '../suite-mutants/busy-threads.ts'

interface Due {
  readonly at: number
  readonly order: number
  readonly ready: () => boolean
  readonly fire: () => void
}

/**
 * Virtual time: what is due comes in the order of its moments, each when all that followed from the one before has run.
 * Without anything due it stands still.
 */
export class Schedule {
  now: number = 0
  #order = 0
  #due: Due[] = []
  #over = false

  /** Resolves at this moment, or as soon after it as `ready` says. */
  until(at: number, ready: () => boolean = () => true): Promise<void> {
    return new Promise((resolve) => {
      this.#due.push({ at, order: this.#order++, ready, fire: resolve })
    })
  }

  stop(): void {
    this.#over = true
  }

  /** Runs until it is stopped; `onStandstill` is called when nothing is due and nothing happens. */
  async run(onStandstill: () => void): Promise<void> {
    let isQuiet = false
    for (let idle = 0; !this.#over; ) {
      await setImmediate()
      const next = this.#next()
      // Once more round the loop: the event of a thread that has just become idle comes in that turn.
      if (!isQuiet && this.#isFar(next, idle)) {
        isQuiet = !hasBusyThread()
        continue
      }
      isQuiet = false
      if (next === undefined) {
        idle += 1
        if (idle > STANDSTILL_TURNS) await delay(PAUSE_MS)
        if (idle > STANDSTILL_TURNS + PAUSES) return onStandstill()
        continue
      }
      idle = 0
      this.#due.splice(this.#due.indexOf(next), 1)
      this.now = Math.max(this.now, next.at)
      next.fire()
    }
  }

  /** Whether work of a thread may have been meant to come before: before a deadline, or the end. */
  #isFar(next: Due | undefined, idle: number): boolean {
    return next === undefined ? idle === STANDSTILL_TURNS + PAUSES : next.at - this.now > FAR_MS
  }

  #next(): Due | undefined {
    let first: Due | undefined
    for (const due of this.#due) {
      if (!due.ready()) continue
      if (first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order))
        first = due
    }
    return first
  }
}

const FAR_MS = 500

/** Decompression goes by in threads, and takes turns of its own. */
const STANDSTILL_TURNS = 500
const PAUSE_MS = 5
const PAUSES = 20
