import type { Leaving } from './leaving.ts'

/**
 * Bounds what is under way: whoever would exceed the limit waits for others to leave, in the order of arrival. One alone
 * always enters, whatever it weighs.
 */
export class Window {
  readonly #limit: number
  #weight = 0
  #waiting: Waiting[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether this weight would enter at once. */
  hasRoom(weight: number): boolean {
    return this.#waiting.length === 0 && this.#fits(weight)
  }

  /** Resolves to whether it has entered: not if `gone` comes first. */
  async enter(weight: number, gone?: Leaving): Promise<boolean> {
    if (gone?.has() === true) return false
    if (this.hasRoom(weight)) {
      this.#weight += weight
      return true
    }
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const waiting: Waiting = { weight, settle: resolve }
    this.#waiting.push(waiting)
    const unsubscribe = gone?.subscribe(() => this.#forget(waiting))
    try {
      return await promise
    } finally {
      unsubscribe?.()
    }
  }

  leave(weight: number): void {
    this.#weight -= weight
    this.#admit()
  }

  #forget(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting)
    waiting.settle(false)
    this.#admit()
  }

  #admit(): void {
    let next = this.#waiting[0]
    while (next !== undefined && this.#fits(next.weight)) {
      this.#waiting.shift()
      this.#weight += next.weight
      next.settle(true)
      next = this.#waiting[0]
    }
  }

  #fits(weight: number): boolean {
    return this.#weight === 0 || this.#weight + weight <= this.#limit
  }
}

interface Waiting {
  readonly weight: number
  readonly settle: (entered: boolean) => void
}
