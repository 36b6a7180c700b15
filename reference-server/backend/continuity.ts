import type { SeqNum } from '../../proto/types.ts'
import type { KeptRecord } from '../semantics/kept-record.ts'
import { lastOfBatchKey } from '../store/keys.ts'
import { StoreError } from '../store/store-error.ts'

/** Whether the record of this number may be absent: it has been removed, or its removal is under way. */
export type MayLack = (seqNum: SeqNum) => boolean

/** Checks that the batches of one iteration follow each other without a gap, from a position to the tail. */
export class Continuity {
  readonly #mayLack: MayLack
  #next: SeqNum

  /** `from` is the position that the first batch must hold. */
  constructor(from: SeqNum, mayLack: MayLack) {
    this.#next = from
    this.#mayLack = mayLack
  }

  /** Checks the next batch, by its first and last record. Throws `StoreError` `corrupt` if it does not follow. */
  add(key: Uint8Array, records: readonly KeptRecord[]): void {
    const last = lastOfBatchKey(key)
    const first = last - BigInt(records.length - 1)
    if (records.length === 0 || records[0]?.seqNum !== first || records.at(-1)?.seqNum !== last)
      throw new StoreError('corrupt', `the batch that ends with record ${last} holds other records`)
    if (first > this.#next && !this.#mayLack(first - 1n)) throw missing(this.#next, first)
    this.#next = last + 1n
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
