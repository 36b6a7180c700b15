import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectiveTrimPoint } from './trim.ts'

const MAX = 2n ** 64n - 1n

test.each([
  { before: 0n, upTo: 0n, seqNum: 5n, after: 0n },
  { before: 0n, upTo: 3n, seqNum: 5n, after: 3n },
  { before: 0n, upTo: 5n, seqNum: 5n, after: 5n },
  { before: 0n, upTo: 6n, seqNum: 5n, after: 6n },
  { before: 0n, upTo: 7n, seqNum: 5n, after: 6n },
  { before: 0n, upTo: MAX, seqNum: 5n, after: 6n },
  { before: 4n, upTo: 2n, seqNum: 9n, after: 4n },
])('trim($upTo) at $seqNum after $before: $after (CMD-016 to CMD-019)', ({ before, upTo, seqNum, after }) => {
  expect(effectiveTrimPoint(before, upTo, seqNum)).toBe(after)
})

test('it never moves back, and never past the command', () => {
  const number = fc.bigInt({ min: 0n, max: MAX - 1n })
  fc.assert(
    fc.property(number, number, number, (a, upTo, b) => {
      const [before, seqNum] = a < b ? [a, b] : [b, a]
      const after = effectiveTrimPoint(before, upTo, seqNum)
      expect(after).toBeGreaterThanOrEqual(before)
      expect(after).toBeLessThanOrEqual(seqNum + 1n)
    }),
  )
})
