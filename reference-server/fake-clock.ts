import { setImmediate } from 'node:timers/promises'
import type { Clock } from './environment.ts'
import { LONGEST_TIMER } from './longest-timer.ts'

interface Timer {
  at: bigint
  readonly fire: () => void
}

/** A clock that stands still until it is advanced. */
export class FakeClock implements Clock {
  #now: bigint
  #timers: Timer[] = []

  constructor(now: bigint = 1_700_000_000_000n) {
    this.#now = now
  }

  /** Timers that are set and have not fired. */
  get pending(): number {
    return this.#timers.length
  }

  now(): bigint {
    return this.#now
  }

  timer(milliseconds: number, fire: () => void): () => void {
    const delay = milliseconds > LONGEST_TIMER ? 1 : Math.max(0, Math.ceil(milliseconds))
    const timer = { at: this.#now + BigInt(delay), fire }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** As when somebody sets the time: timers fire no sooner for it. */
  jump(milliseconds: bigint): void {
    this.#now += milliseconds
    for (const timer of this.#timers) timer.at += milliseconds
  }

  /** Fires what becomes due, earliest first, and lets what follows from each run until it waits again. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + BigInt(milliseconds)
    await settle()
    for (let due = this.#nextDue(until); due !== undefined; due = this.#nextDue(until)) {
      this.#now = due.at
      this.#timers = this.#timers.filter((other) => other !== due)
      due.fire()
      await settle()
    }
    this.#now = until
  }

  #nextDue(until: bigint): Timer | undefined {
    const [first] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => (a.at < b.at ? -1 : 1))
    return first
  }
}

/** Lets everything run that needs neither a timer nor the disk. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate()
}
