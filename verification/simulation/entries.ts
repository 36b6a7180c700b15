import type { Entry, KeyRange, Write } from '../../reference-server/store/store.ts'

/** Keys and values in byte order, as the simulated disk holds them. */
export class Entries {
  readonly #keys: string[]
  readonly #values: Map<string, Entry>

  constructor(from?: Entries) {
    this.#keys = from === undefined ? [] : [...from.#keys]
    this.#values = new Map(from === undefined ? [] : from.#values)
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#values.get(textOf(key))?.value
  }

  /** Those of the range as they are now. */
  range({ from, to }: KeyRange): Entry[] {
    const end = this.#place(textOf(to))
    const found: Entry[] = []
    for (let place = this.#place(textOf(from)); place < end; place++) {
      const entry = this.#values.get(this.#keys[place] ?? '')
      if (entry !== undefined) found.push(entry)
    }
    return found
  }

  apply(write: Write): void {
    const key = textOf(write.key)
    const isThere = this.#values.has(key)
    if (write.type === 'put') {
      if (!isThere) this.#keys.splice(this.#place(key), 0, key)
      this.#values.set(key, { key: write.key, value: write.value })
    } else if (isThere) {
      this.#keys.splice(this.#place(key), 1)
      this.#values.delete(key)
    }
  }

  /** Of the first key that is not below this. */
  #place(key: string): number {
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** One character a byte, so that strings compare as the bytes do. */
const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
