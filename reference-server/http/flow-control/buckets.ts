import type { Timestamp } from '../../../proto/types.ts'
import {
  type Bucket,
  fullBucket,
  isFull,
  take,
  type Withdrawal,
} from '../../semantics/metrics/token-bucket.ts'

/** One bucket for each key. One that is full is the same as none, so those are forgotten when there are many. */
export class Buckets {
  readonly #perSecond: number
  readonly #used: Map<string, Bucket> = new Map()
  #sweepAt = MANY

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  get size(): number {
    return this.#used.size
  }

  /** As `take` says; nothing is taken until the outcome is kept. */
  ask(key: string, amount: number, now: Timestamp): Withdrawal {
    const bucket = this.#used.get(key) ?? fullBucket(this.#perSecond, now)
    return take(bucket, this.#perSecond, amount, now)
  }

  keep(key: string, { after }: Withdrawal): void {
    this.#used.set(key, after)
    if (this.#used.size >= this.#sweepAt) this.#sweep(after.at)
  }

  #sweep(now: Timestamp): void {
    for (const [key, bucket] of this.#used) {
      if (isFull(bucket, this.#perSecond, now)) this.#used.delete(key)
    }
    this.#sweepAt = Math.max(MANY, 2 * this.#used.size)
  }
}

const MANY = 1024
