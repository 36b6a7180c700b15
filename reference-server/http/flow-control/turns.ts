/**
 * One after the other, each in a turn of the event loop of its own: for what is long, so that others are served in between, and
 * wait for one of them and not for all.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when it is the caller's turn. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)))
    return this.#last
  }
}
