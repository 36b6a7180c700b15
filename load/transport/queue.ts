/** First in, first out, without moving what is left at each step. */
export class Queue<Item> {
  #items: Item[] = []
  #first = 0

  push(item: Item): void {
    this.#items.push(item)
  }

  shift(): Item | undefined {
    const item = this.#items[this.#first]
    if (item === undefined) return undefined
    this.#first += 1
    if (this.#first >= MOST_BEHIND || this.#first === this.#items.length) {
      this.#items = this.#items.slice(this.#first)
      this.#first = 0
    }
    return item
  }
}

/** Items that were taken and are still kept. */
const MOST_BEHIND = 1024
