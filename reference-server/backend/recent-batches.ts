import type { MeteredBytes, Position, SeqNum } from '../../proto/types.ts'
import type { KeptRecord } from '../semantics/encryption.ts'
import type { BackendOptions } from './options.ts'

/** A batch that has just become durable. */
export interface DurableBatch {
  readonly records: readonly KeptRecord[]
  readonly size: MeteredBytes
  /** The tail right after it. */
  readonly tail: Position
}

/**
 * The last durable batches of a stream, shared by its followers and kept only while there are any. A follower that is too
 * slow finds its place gone and reads the store instead, so slowness costs no memory (S2S-049).
 */
export class RecentBatches {
  readonly #limits: Pick<BackendOptions, 'recentBatches' | 'recentBytes'>
  readonly #batches: DurableBatch[] = []
  #size: MeteredBytes = 0n
  #followers = 0

  constructor(limits: Pick<BackendOptions, 'recentBatches' | 'recentBytes'>) {
    this.#limits = limits
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
    while (this.#batches.length > this.#limits.recentBatches || this.#size > this.#limits.recentBytes) {
      this.#size -= this.#batches.shift()?.size ?? this.#size
    }
  }

  /** The batch with the record of this number, unless it has left or is yet to come. */
  at(seqNum: SeqNum): DurableBatch | undefined {
    const batch = this.#batches.find(({ tail }) => seqNum < tail.seqNum)
    const first = batch?.records[0]
    return first !== undefined && first.seqNum <= seqNum ? batch : undefined
  }

  #clear(): void {
    this.#batches.length = 0
    this.#size = 0n
  }
}
