import type { SeqNum } from '../../proto/types.ts'
import type { KeptRecord } from '../semantics/read/kept-record.ts'
import type { Budget } from '../semantics/read/read-bounds.ts'
import type { Store } from '../store/store.ts'
import { type Readable, readPage } from './catch-up.ts'

export interface Page {
  readonly records: readonly KeptRecord[]
  /** Number that the next page begins with: all that was durable before it has been read. */
  readonly next: SeqNum
}

/** The pages of one read, of which the next may be read while the last one is sent. */
export class Pages {
  readonly #store: Store
  readonly #stream: Readable
  #ahead: { readonly from: SeqNum; readonly page: Promise<Page> } | undefined

  constructor(store: Store, stream: Readable) {
    this.#store = store
    this.#stream = stream
  }

  /** From this number on; what was read ahead, unless some of it has been hidden since (CMD-022). */
  async take(from: SeqNum, budget: Budget): Promise<Page> {
    const ahead = this.#ahead
    this.#ahead = undefined
    const isGood = ahead?.from === from && this.#stream.visibleFrom <= from
    return await (isGood ? ahead.page : this.#read(from, budget))
  }

  /** Begins to read what will be taken next, with the same budget, if any of it is durable. */
  readAhead(from: SeqNum, budget: Budget): void {
    if (from >= this.#stream.durable.tail.seqNum) return
    const page = this.#read(from, budget)
    // Whoever takes it is told; if nobody does, nobody misses it.
    page.catch(() => {})
    this.#ahead = { from, page }
  }

  async #read(from: SeqNum, budget: Budget): Promise<Page> {
    const tail = this.#stream.durable.tail.seqNum
    const records = await readPage(this.#store, this.#stream, from, budget)
    const last = records.at(-1)
    return { records, next: last === undefined ? tail : last.seqNum + 1n }
  }
}
