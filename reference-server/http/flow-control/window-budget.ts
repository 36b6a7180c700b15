/**
 * What all connections of HTTP/2 together may send before it is read. Each gets a part of what is left, so that the first
 * are fast however far away they are, and thousands cost no more than the least each.
 */
export class WindowBudget {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  /** The window of a new connection, to be given back when it is closed. */
  grant(): number {
    const part = Math.floor(this.#left / SHARES)
    const bytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, part))
    this.#left -= bytes
    return bytes
  }

  giveBack(bytes: number): void {
    this.#left += bytes
  }
}

const SHARES = 8

const MOST_BYTES = 16 * 1_048_576

/** Nobody can be given less (RFC 9113, 6.9.2). */
const LEAST_BYTES = 65_535
