/** What data may have to wait for: the window of a whole connection, or that of a stream. */
export type Closed = 'connection' | 'stream'

/** How long data has waited on one connection until now, in milliseconds, and the times that this began. */
export interface Waits {
  readonly byConnection: number
  readonly byStream: number
  readonly stretches: number
  readonly longest: number
}

/** Adds up what data waits for, one span of time after the other. */
export class WaitTally {
  #byConnection = 0
  #byStream = 0
  #stretches = 0
  #longest = 0
  #lasts = 0

  /** For so many milliseconds more it waited for this, or for nothing. */
  add(closed: Closed | undefined, milliseconds: number): void {
    if (closed === undefined) {
      this.#lasts = 0
      return
    }
    if (milliseconds <= 0) return
    if (this.#lasts === 0) this.#stretches += 1
    if (closed === 'connection') this.#byConnection += milliseconds
    else this.#byStream += milliseconds
    this.#lasts += milliseconds
    this.#longest = Math.max(this.#longest, this.#lasts)
  }

  get waits(): Waits {
    return {
      byConnection: this.#byConnection,
      byStream: this.#byStream,
      stretches: this.#stretches,
      longest: this.#longest,
    }
  }
}

/** The same of who knows at each moment whether data waits. */
export class WaitClock {
  readonly #tally = new WaitTally()
  readonly #now: () => number
  #closed: Closed | undefined
  #sinceMs = 0

  /** `now` tells milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** From now on data waits for this, or for nothing. */
  set(closed: Closed | undefined): void {
    if (closed === this.#closed) return
    this.#tell(this.#now())
    if (closed === undefined) this.#tally.add(undefined, 0)
    this.#closed = closed
  }

  /** Until now, which is `atMs`. */
  waits(atMs: number): Waits {
    this.#tell(atMs)
    return this.#tally.waits
  }

  #tell(at: number): void {
    if (this.#closed !== undefined) this.#tally.add(this.#closed, at - this.#sinceMs)
    this.#sinceMs = at
  }
}
