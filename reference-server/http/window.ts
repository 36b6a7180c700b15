/**
 * Bounds what is under way: whoever would exceed the limit waits for others to leave, in the order of arrival. One alone
 * always enters, whatever it weighs.
 */
export class Window {
  readonly #limit: number
  #weight = 0
  readonly #waiting: { readonly weight: number; readonly enter: () => void }[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  async enter(weight: number): Promise<void> {
    if (this.#waiting.length === 0 && this.#fits(weight)) {
      this.#weight += weight
      return
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ weight, enter: resolve })
    await promise
  }

  leave(weight: number): void {
    this.#weight -= weight
    let next = this.#waiting[0]
    while (next !== undefined && this.#fits(next.weight)) {
      this.#waiting.shift()
      this.#weight += next.weight
      next.enter()
      next = this.#waiting[0]
    }
  }

  #fits(weight: number): boolean {
    return this.#weight === 0 || this.#weight + weight <= this.#limit
  }
}
