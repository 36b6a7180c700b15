import type { Action, Outcome, Seen } from '../../conformance/history/operation.ts'
import { bodiesOfAppend } from '../../conformance/history/placement.ts'
import { pickBetween } from '../../conformance/history/random.ts'
import type { Random } from '../../kit/random.ts'

type Append = Extract<Action, { action: 'append' }>

/** A stream without a fault, each operation at one instant, except that trims take what they may in their own time. */
export class PerfectStream {
  readonly log: Seen[] = []
  readonly #random: Random
  #token = ''
  #trimPoint = 0
  #gone = 0

  constructor(random: Random) {
    this.#random = random
  }

  append(did: Append): Outcome {
    const next = this.log.length
    if (did.fencingToken !== undefined && did.fencingToken !== this.#token)
      return { outcome: 'fencing-token-mismatch', actual: this.#token }
    if (did.matchSeqNum !== undefined && did.matchSeqNum !== BigInt(next))
      return { outcome: 'seq-num-mismatch', actual: BigInt(next) }
    for (const body of bodiesOfAppend(did)) this.log.push({ ...positionOf(this.log.length), body })
    const end = this.log.length
    this.#token = did.fence ?? this.#token
    if (did.trim !== undefined) this.#trimPoint = Math.max(this.#trimPoint, Math.min(Number(did.trim), end))
    return { outcome: 'acked', start: positionOf(next), end: endOf(end), tail: endOf(end) }
  }

  tail(): Outcome {
    return { outcome: 'tail', tail: endOf(this.log.length) }
  }

  /** Where a read from here begins now. */
  begin(from: number): number {
    if (this.#random() < 0.5) this.#gone = pickBetween(this.#random, this.#gone, this.#trimPoint)
    return Math.max(from, this.#gone)
  }

  /** What a read that has begun at `first`, asked for from `from` on, finds up to the tail. */
  read(from: number, first: number, count: number): Outcome {
    if (from >= this.log.length) return { outcome: 'unwritten', tail: endOf(this.log.length) }
    return { outcome: 'records', complete: true, records: this.log.slice(first, first + count) }
  }
}

/** Numbers tell timestamps, so that an altered number is all that is wrong with an altered answer. */
export const positionOf = (seqNum: number): { seqNum: bigint; timestamp: bigint } => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(seqNum * 10),
})

/** The end of a batch, or a tail: behind the last record, with its timestamp. */
export const endOf = (seqNum: number): { seqNum: bigint; timestamp: bigint } => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(Math.max(0, seqNum - 1) * 10),
})
