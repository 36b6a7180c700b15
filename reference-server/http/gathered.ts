/** Bytes that arrive in chunks, of which some may be of one byte: each of those would take hundreds as a buffer of its own. */
export class Gathered {
  #bytes = new Uint8Array(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Copies the chunk; returns how much memory that has taken, which is none for most of many small ones. */
  push(chunk: Uint8Array): number {
    const before = this.#bytes.length
    const needed = this.#length + chunk.length
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length, FIRST_BYTES))
      grown.set(this.bytes())
      this.#bytes = grown
    }
    this.#bytes.set(chunk, this.#length)
    this.#length = needed
    return this.#bytes.length - before
  }

  /** All of them, in memory that later chunks do not change. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#bytes = new Uint8Array(0)
    this.#length = 0
  }
}

const FIRST_BYTES = 4096
