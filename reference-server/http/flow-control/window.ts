import type { SessionEnd } from './session-end.ts'

/**
 * Bounds what is under way: whoever would exceed the limit waits for others to leave, in the order of arrival. One alone
 * always enters, whatever it weighs; each weighs so much that no more than `most` are under way.
 */
export class Window {
  readonly #limit: number
  readonly #least: number
  #weight = 0
  #waiting: Waiting[] = []

  constructor(limit: number, most: number = Number.POSITIVE_INFINITY) {
    this.#limit = limit
    this.#least = Math.floor(limit / most)
  }

  /** Whether this weight would enter at once. */
  hasRoom(weight: number): boolean {
    return this.#waiting.length === 0 && this.#fits(this.#weigh(weight))
  }

  /** Resolves to whether it has entered: not if `gone` comes first. */
  async enter(weight: number, gone?: SessionEnd): Promise<boolean> {
    if (gone?.has() === true) return false
    if (this.hasRoom(weight)) {
      this.#weight += this.#weigh(weight)
      return true
    }
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const waiting: Waiting = { weight: this.#weigh(weight), settle: resolve }
    this.#waiting.push(waiting)
    const unsubscribe = gone?.subscribe(() => this.#forget(waiting))
    try {
      return await promise
    } finally {
      unsubscribe?.()
    }
  }

  leave(weight: number): void {
    this.#weight -= this.#weigh(weight)
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

  #weigh(weight: number): number {
    return Math.max(weight, this.#least)
  }

  #fits(weight: number): boolean {
    return this.#weight === 0 || this.#weight + weight <= this.#limit
  }
}

interface Waiting {
  readonly weight: number
  readonly settle: (entered: boolean) => void
}
