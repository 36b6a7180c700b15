import type { MeteredBytes, Position, SeqNum } from '../../proto/types.ts'
import type { KeptRecord } from '../semantics/read/kept-record.ts'
import type { BackendOptions } from './options.ts'
import { overheadOf } from './record-memory.ts'

/** A batch that has just become durable. */
export interface DurableBatch {
  readonly records: readonly KeptRecord[]
  readonly size: MeteredBytes
  /** The tail right after it. */
  readonly tail: Position
}

/** What the recent batches of all streams take in memory, in bytes, about: headers cost more than they meter. */
export class RecentMemory {
  readonly #limit: number
  #used = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get isFull(): boolean {
    return this.#used > this.#limit
  }

  add({ records, size }: DurableBatch, times: 1 | -1): void {
    const overhead = records.reduce((sum, record) => sum + overheadOf(record), 0)
    this.#used += times * (Number(size) + overhead)
  }
}

/**
 * The last durable batches of a stream, shared by its followers and kept only while there are any. A follower that is too
 * slow finds its place gone and reads the store instead, so slowness costs no memory (S2S-049). Where all streams together
 * keep too much, none keeps more.
 */
export class RecentBatches {
  readonly #limits: Pick<BackendOptions, 'recentBatches' | 'recentBytes'>
  readonly #batches: DurableBatch[] = []
  #size: MeteredBytes = 0n
  #followers = 0
  readonly #memory: RecentMemory

  constructor(limits: Pick<BackendOptions, 'recentBatches' | 'recentBytes'>, memory: RecentMemory) {
    this.#limits = limits
    this.#memory = memory
  }

  /** Readers that follow the tail. */
  get followers(): number {
    return this.#followers
  }

  /** From now on batches are kept, until the returned function is called. */
  join(): () => void {
    this.#followers++
    let joined = true
    return () => {
      if (!joined) return
      joined = false
      if (--this.#followers === 0) this.#clear()
    }
  }

  push(batch: DurableBatch): void {
    if (this.#followers === 0) return
    this.#batches.push(batch)
    this.#size += batch.size
    this.#memory.add(batch, 1)
    while (this.#isTooMuch()) this.#drop()
  }

  /** The batch with the record of this number, unless it has left or is yet to come. */
  at(seqNum: SeqNum): DurableBatch | undefined {
    const batch = this.#batches.find(({ tail }) => seqNum < tail.seqNum)
    const first = batch?.records[0]
    return first !== undefined && first.seqNum <= seqNum ? batch : undefined
  }

  #clear(): void {
    while (this.#batches.length > 0) this.#drop()
  }

  #isTooMuch(): boolean {
    const { recentBatches, recentBytes } = this.#limits
    if (this.#batches.length === 0) return false
    return this.#batches.length > recentBatches || this.#size > recentBytes || this.#memory.isFull
  }

  #drop(): void {
    const oldest = this.#batches.shift()
    if (oldest === undefined) return
    this.#size -= oldest.size
    this.#memory.add(oldest, -1)
  }
}
