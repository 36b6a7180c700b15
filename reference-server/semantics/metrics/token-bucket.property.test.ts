import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bucket, fullBucket, take } from './token-bucket.ts'

const perSecond = fc.integer({ min: 1, max: 1000 })
/** Somebody asks for an amount, so many milliseconds after the one before. */
const requests = fc.array(
  fc.record({ pause: fc.integer({ min: 0, max: 1500 }), amount: fc.integer({ min: 1, max: 300 }) }),
  { minLength: 1, maxLength: 60 },
)

interface Used {
  readonly at: number
  readonly amount: number
}

/**
 * The rate holds over every stretch of time: a second's worth, and what comes meanwhile. `rounded` is by how many
 * milliseconds a stretch may look shorter than it is.
 */
function expectWithinRate(used: readonly Used[], rate: number, rounded: number): void {
  for (const [first, { at: from }] of used.entries()) {
    let sum = 0
    let largest = 0
    for (const { at, amount } of used.slice(first)) {
      sum += amount
      largest = Math.max(largest, amount)
      const most = rate + ((at - from + rounded) * rate) / 1000
      expect(sum - largest).toBeLessThanOrEqual(most)
      if (largest <= rate) expect(sum).toBeLessThanOrEqual(most)
    }
  }
}

test('who is refused what must wait stays within the rate', () => {
  fc.assert(
    fc.property(perSecond, requests, (rate, asked) => {
      let bucket = fullBucket(rate, 0n)
      let now = 0
      const used: Used[] = []
      for (const { pause, amount } of asked) {
        now += pause
        const { after, wait } = take(bucket, rate, amount, BigInt(now))
        if (wait > 0) continue
        bucket = after
        used.push({ at: now, amount })
      }
      expectWithinRate(used, rate, 0)
    }),
  )
})

test('who waits as told stays within the rate, and is served in order', () => {
  fc.assert(
    fc.property(perSecond, requests, (rate, asked) => {
      let bucket = fullBucket(rate, 0n)
      let now = 0
      const used: Used[] = []
      for (const { pause, amount } of asked) {
        now += pause
        const { after, wait } = take(bucket, rate, amount, BigInt(now))
        bucket = after
        used.push({ at: now + wait, amount })
      }
      // The first may have waited almost a millisecond too long, as waits are whole ones.
      expectWithinRate(used, rate, 1)
      expect(used.map(({ at }) => at)).toEqual(used.map(({ at }) => at).toSorted((a, b) => a - b))
    }),
  )
})

test('the wait is enough, and a millisecond less is not', () => {
  const level = fc.bigInt({ min: -500_000n, max: 1_000_000n })
  fc.assert(
    fc.property(perSecond, level, fc.integer({ min: 1, max: 300 }), (rate, given, amount) => {
      const most = BigInt(rate) * 1000n
      const bucket: Bucket = { left: given < most ? given : most, at: 0n }
      const { wait } = take(bucket, rate, amount, 0n)
      expect(take(bucket, rate, amount, BigInt(wait)).wait).toBe(0)
      if (wait > 0) expect(take(bucket, rate, amount, BigInt(wait - 1)).wait).toBe(1)
    }),
  )
})
