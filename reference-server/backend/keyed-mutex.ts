/** One task at a time per key, in the order of the calls; different keys never wait for each other. */
export class KeyedMutex {
  readonly #last: Map<string, Promise<unknown>> = new Map()

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key)
    const mine = before === undefined ? task() : before.then(task, task)
    this.#last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key)
    }
  }
}
