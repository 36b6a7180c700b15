/** Bytes that arrive in chunks, of which some may be of one byte: each of those would take hundreds as a buffer of its own. */
export class ByteQueue {
  #bytes: Uint8Array = NOTHING
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Copies the chunk; returns how much memory that has taken, which is none for most of many small ones. */
  push(chunk: Uint8Array): number {
    const before = this.#bytes.length
    const needed = this.#length + chunk.length
    if (needed > this.#bytes.length) {
      // What comes whole, as most bodies do, takes no more than it needs.
      const least = this.#length === 0 ? needed : GROWN_BYTES
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length, least))
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
    this.#bytes = NOTHING
    this.#length = 0
  }
}

const NOTHING = new Uint8Array(0)

const GROWN_BYTES = 4096
