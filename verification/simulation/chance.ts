/** Chance from a seed: the same seed gives the same numbers on every machine. */
export class Chance {
  #a: number
  #b: number
  #c: number
  #count = 1

  /** Any whole number; each seed has a sequence of its own. */
  constructor(seed: number) {
    this.#a = seed | 0
    this.#b = Math.floor(seed / 2 ** 32) | 0
    this.#c = 0x9e3779b9 | 0
    for (let round = 0; round < 12; round++) this.#next()
  }

  /** From 0 up to, not including, 1. */
  readonly random = (): number => this.#next() / 2 ** 32

  happens(probability: number): boolean {
    return probability > 0 && this.random() < probability
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1))
  }

  oneOf<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
    return choices[this.between(0, choices.length - 1)] ?? choices[0]
  }

  /** One of the names, in proportion to its weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[]
    let left = this.random() * names.reduce((sum, name) => sum + weights[name], 0)
    const found = names.find((name) => {
      left -= weights[name]
      return left < 0
    })
    return found ?? (names.at(-1) as Name)
  }

  /** Microseconds: mostly short, now and then long, about `mean` on average. */
  delay(mean: number): number {
    return Math.ceil(-Math.log(1 - this.random()) * mean)
  }

  /** Chance of its own for a part that must not disturb the others by how much of it it uses. */
  fork(): Chance {
    return new Chance(this.#next() * 2 ** 21 + (this.#next() >>> 11))
  }

  /** sfc32: small, fast, and good enough for schedules. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#count++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }
}
