import type { Action, Operation, Outcome } from '../history/operation.ts'

/** What the witness counts as it happens. */
export type Counted = 'sent' | 'acked'

/** A call whose answer has not come. */
export interface Call {
  answer(got: Outcome): void
}

/** Writes down what clients of one stream did and saw, and wakes whoever waits for the n-th of something. */
export class Witness {
  readonly operations: Operation[] = []
  readonly #now: () => number
  readonly #counts: Record<Counted, number> = { sent: 0, acked: 0 }
  #waiting: { readonly of: Counted; readonly at: number; wake(): void }[] = []
  #ids = 0

  /** `now` is a monotonic clock, the same for all clients. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** A call begins, now or when `called` says; it is written down with its answer. */
  call(client: number, did: Action, called: number = this.#now()): Call {
    const id = FIRST_ID + this.#ids++
    return {
      answer: (got) => {
        const returned = got.outcome === 'unknown' ? Number.POSITIVE_INFINITY : this.#now()
        this.operations.push({ id, client, called, returned, did, got })
        if (got.outcome === 'acked') this.count('acked')
      },
    }
  }

  count(of: Counted): void {
    const at = ++this.#counts[of]
    for (const waiting of this.#waiting.filter((one) => one.of === of && one.at <= at)) waiting.wake()
    this.#waiting = this.#waiting.filter((one) => one.of !== of || one.at > at)
  }

  /** Resolves when so many more of it have happened. */
  async more(of: Counted, count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ of, at: this.#counts[of] + count, wake: resolve })
    await promise
  }
}

/** Above those of the clients that write their own history. */
const FIRST_ID = 1_000_000
