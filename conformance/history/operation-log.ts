import type { Action, Operation, Outcome } from './operation.ts'

/** Takes down what the clients of one history do and see, by one clock. */
export class OperationLog {
  readonly operations: Operation[] = []
  readonly now: () => number
  #calls = 0

  constructor(now: () => number) {
    this.now = now
  }

  /** What came now of what was called then; what got no answer never returns. */
  add(client: number, called: number, did: Action, got: Outcome): void {
    const returned = got.outcome === 'unknown' ? Number.POSITIVE_INFINITY : this.now()
    this.operations.push({ id: this.#calls++, client, called, returned, did, got })
  }
}
