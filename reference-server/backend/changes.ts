/** Tells those who wait that something has changed; what, they look up themselves. */
export class Changes {
  readonly #waiting: Set<() => void> = new Set()

  /** Calls `changed` at every change until the returned function is called. */
  subscribe(changed: () => void): () => void {
    // A function of our own, so that two subscriptions of one function are two.
    const entry = (): void => changed()
    this.#waiting.add(entry)
    return () => {
      this.#waiting.delete(entry)
    }
  }

  fire(): void {
    for (const changed of [...this.#waiting]) changed()
  }
}
