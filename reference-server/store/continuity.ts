import type { SeqNum } from '../../proto/types.ts'
import type { KeptRecord } from '../semantics/read/kept-record.ts'
import { lastOfBatchKey } from './keys.ts'
import { StoreError } from './store-error.ts'

/** Whether the record of this number may be absent: it has been removed, or its removal is under way. */
export type MayLack = (seqNum: SeqNum) => boolean

/** Checks that the batches of one iteration follow each other without a gap, from a position to the tail. */
export class Continuity {
  readonly #mayLack: MayLack
  #next: SeqNum
  #begun = false

  /** `from` is the position that the first batch must hold. */
  constructor(from: SeqNum, mayLack: MayLack) {
    this.#next = from
    this.#mayLack = mayLack
  }

  /** True once it has seen a batch. */
  get begun(): boolean {
    return this.#begun
  }

  /** Checks the next batch, by its first and last record. Throws `StoreError` `corrupt` if it does not follow. */
  add(key: Uint8Array, records: readonly KeptRecord[]): void {
    const last = lastOfBatchKey(key)
    const first = last - BigInt(records.length - 1)
    if (records.length === 0 || records[0]?.seqNum !== first || records.at(-1)?.seqNum !== last)
      throw new StoreError('corrupt', `the batch that ends with record ${last} holds other records`)
    const expected = this.#next
    if (first > expected && !this.#mayLack(first - 1n)) {
      this.skip(last)
      throw missing(expected, first)
    }
    if (first < expected && this.#begun)
      throw new StoreError(
        'corrupt',
        `the batch that ends with record ${last} holds record ${first} once more`,
      )
    this.skip(last)
  }

  /** Goes on after a batch that cannot be read. */
  skip(last: SeqNum): void {
    this.#next = last + 1n
    this.#begun = true
  }

  /** Checks that the last batch ended at the tail. Throws `StoreError` `corrupt` otherwise. */
  end(tail: SeqNum): void {
    if (this.#next < tail && !this.#mayLack(tail - 1n)) throw missing(this.#next, tail)
  }
}

/** Damage: the records from this number up to, not including, `to` are not there. */
export const missing = (from: SeqNum, to: SeqNum): StoreError =>
  new StoreError(
    'corrupt',
    to - from === 1n ? `record ${from} is missing` : `records ${from} to ${to - 1n} are missing`,
  )
