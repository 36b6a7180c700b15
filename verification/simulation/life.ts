import type { Clock } from '../../reference-server/environment.ts'
import type { Chance } from './chance.ts'
import type { Faults } from './faults.ts'
import type { Scheduler } from './scheduler.ts'

/** Unix time at which every simulation begins, in milliseconds. */
const BEGIN = 1_700_000_000_000

/** Unix milliseconds at this virtual time, on a clock that is off by `skew` milliseconds. */
export const clockAt = (now: number, skew: number): bigint => BigInt(BEGIN + skew + Math.floor(now / 1000))

/** A timer may be late by so many microseconds, as timers are, and when that fault strikes. */
const LATE = 2_000
export const VERY_LATE = 50_000

export interface LifeParts {
  readonly number: number
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly faults: Faults
}

/**
 * One process from its start to its end. When it ends, whatever it waits for never comes: no timer fires and no answer
 * of the disk arrives any more.
 */
export class Life {
  readonly number: number
  /** Resolves when it has ended. */
  readonly died: Promise<'died'>
  readonly began: number
  /** Whether a read failed in it. */
  unread = false
  /** When a write failed in it, from which on nothing may be acknowledged. */
  failedAt: number | undefined
  readonly #scheduler: Scheduler
  readonly #chance: Chance
  readonly #faults: Faults
  readonly #die: (how: 'died') => void
  #alive = true

  constructor({ number, scheduler, chance, faults }: LifeParts) {
    this.number = number
    this.#faults = faults
    this.began = scheduler.now
    this.#scheduler = scheduler
    this.#chance = chance
    const { promise, resolve } = Promise.withResolvers<'died'>()
    this.died = promise
    this.#die = resolve
  }

  get alive(): boolean {
    return this.#alive
  }

  get now(): number {
    return this.#scheduler.now
  }

  end(): void {
    this.#alive = false
    this.#die('died')
  }

  after(delay: number, what: string, fire: () => void): () => void {
    return this.#scheduler.after(delay, what, () => {
      if (this.#alive) fire()
    })
  }

  sleep(delay: number, what: string): Promise<void> {
    return new Promise((resolve) => {
      this.after(delay, what, resolve)
    })
  }

  /** The clock that its server is given; `skew` says by how many milliseconds it is off. */
  clock(skew: () => number): Clock {
    return {
      now: () => clockAt(this.#scheduler.now, skew()),
      timer: (milliseconds, fire) => {
        const late = this.#faults.strikes('late timer') ? VERY_LATE : LATE
        const delay = milliseconds * 1000 + this.#chance.between(0, late)
        return this.after(delay, `timer of ${milliseconds} ms`, fire)
      },
    }
  }
}
