import type { Clock } from '../environment.ts'
import { StoreError } from '../store/store-error.ts'

/** Work that no request waits for: delayed by the clock, awaited when the server stops. */
export class Background {
  readonly #clock: Clock
  readonly #report: (error: unknown) => void
  readonly #timers: Set<() => void> = new Set()
  readonly #tasks: Set<Promise<void>> = new Set()
  #stopping = false
  #failed = false

  /** `report` gets what made a task fail: its work is undone until a restart. A store that was closed is no failure. */
  constructor(clock: Clock, report: (error: unknown) => void) {
    this.#clock = clock
    this.#report = report
  }

  /** Long tasks look here between two steps; what they leave is resumed after a restart. */
  get stopping(): boolean {
    return this.#stopping
  }

  /** True once a task has failed. */
  get failed(): boolean {
    return this.#failed
  }

  /** Until the returned function is called, or the server stops. */
  after(milliseconds: number, task: () => Promise<void>): () => void {
    if (this.#stopping) return () => {}
    const cancel = this.#clock.timer(milliseconds, () => {
      this.#timers.delete(cancel)
      this.run(task)
    })
    this.#timers.add(cancel)
    return () => {
      cancel()
      this.#timers.delete(cancel)
    }
  }

  run(task: () => Promise<void>): void {
    if (this.#stopping) return
    const running = task()
      .catch((error: unknown) => {
        if (error instanceof StoreError && error.fault === 'closed') return
        this.#failed = true
        this.#report(error)
      })
      .finally(() => this.#tasks.delete(running))
    this.#tasks.add(running)
  }

  /** Cancels what has not begun and waits for what has. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    await Promise.all(this.#tasks)
  }
}
