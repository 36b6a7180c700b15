import { setTimeout as sleep } from 'node:timers/promises'
import type { StorageMode, StorageSwitch } from '../storage-switch.ts'

/** What becomes of a change: it is done, refused, or lost while it is answered as done. */
export type WriteOutcome = 'done' | 'refused' | 'lost'

/** Stands before every change of the bucket. */
export class Gate implements StorageSwitch {
  #mode: StorageMode = { mode: 'normal' }
  #opened: PromiseWithResolvers<void> = Promise.withResolvers()
  held: number = 0
  struck: number = 0

  set(mode: StorageMode): void {
    this.#mode = mode
    this.#opened.resolve()
    this.#opened = Promise.withResolvers()
  }

  /** Resolves when the change may go on; those that were held go on in the order they came. */
  async pass(): Promise<WriteOutcome> {
    if (this.#mode.mode !== 'normal') this.struck++
    while (this.#mode.mode === 'held') {
      this.held++
      await this.#opened.promise
      this.held--
    }
    const mode = this.#mode
    switch (mode.mode) {
      case 'slow':
        await sleep(mode.milliseconds)
        return 'done'
      case 'failing':
        return 'refused'
      case 'losing':
        return 'lost'
      default:
        return 'done'
    }
  }
}
