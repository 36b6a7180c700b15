import type { Timestamp } from '../../../proto/types.ts'

/**
 * What is left of a rate at a time, in thousandths, so that a millisecond brings a whole number. At most as much as comes
 * in a second; below zero by what was taken ahead of its time.
 */
export interface Bucket {
  readonly left: bigint
  readonly at: Timestamp
}

export interface Withdrawal {
  readonly after: Bucket
  /** Milliseconds from now until what was taken may be used; who does not wait keeps the bucket as it was. */
  readonly wait: number
}

/** A rate of which nothing was used for a second or more. */
export const fullBucket = (perSecond: number, now: Timestamp): Bucket => ({
  left: capacity(perSecond),
  at: now,
})

/** Takes an amount, ahead of its time if need be. More than comes in a second waits for a full bucket. */
export function take(before: Bucket, perSecond: number, amount: number, now: Timestamp): Withdrawal {
  const { left, at } = refilled(before, perSecond, now)
  const needed = BigInt(amount) * 1000n
  const enough = needed < capacity(perSecond) ? needed : capacity(perSecond)
  return { after: { left: left - needed, at }, wait: millisecondsFor(enough - left, perSecond) }
}

/** Whether it is the same as a bucket that was never used. */
export const isFull = (bucket: Bucket, perSecond: number, now: Timestamp): boolean =>
  refilled(bucket, perSecond, now).left === capacity(perSecond)

/** A clock that is set back brings nothing, and goes on from where it is set. */
function refilled({ left, at }: Bucket, perSecond: number, now: Timestamp): Bucket {
  if (now <= at) return { left, at: now }
  const more = left + (now - at) * BigInt(perSecond)
  return { left: more < capacity(perSecond) ? more : capacity(perSecond), at: now }
}

const capacity = (perSecond: number): bigint => BigInt(perSecond) * 1000n

function millisecondsFor(missing: bigint, perSecond: number): number {
  const rate = BigInt(perSecond)
  return missing <= 0n ? 0 : Number((missing + rate - 1n) / rate)
}
