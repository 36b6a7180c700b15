import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadStart } from '../../../proto/types.ts'
import { resolveStart } from './read-start.ts'

const tail = { seqNum: 10n, timestamp: 1000n }
const empty = { seqNum: 0n, timestamp: 0n }
const MAX = 2n ** 64n - 1n
const unwritten = { refusal: 'unwritten', tail }
const at = (seqNum: bigint) => ({ from: 'seq-num', seqNum })
const since = (timestamp: bigint) => ({ from: 'timestamp', timestamp })

test.each<{ start: ReadStart; bounded: object; following: object }>([
  { start: {}, bounded: unwritten, following: at(10n) },
  { start: { seqNum: 0n }, bounded: at(0n), following: at(0n) },
  { start: { seqNum: 9n }, bounded: at(9n), following: at(9n) },
  { start: { seqNum: 9n, clamp: true }, bounded: at(9n), following: at(9n) },
  { start: { seqNum: 10n }, bounded: unwritten, following: at(10n) },
  { start: { seqNum: 10n, clamp: true }, bounded: unwritten, following: at(10n) },
  { start: { seqNum: 11n }, bounded: unwritten, following: unwritten },
  { start: { seqNum: 11n, clamp: false }, bounded: unwritten, following: unwritten },
  { start: { seqNum: 11n, clamp: true }, bounded: unwritten, following: at(10n) },
  { start: { seqNum: MAX }, bounded: unwritten, following: unwritten },
  { start: { tailOffset: 0n }, bounded: unwritten, following: at(10n) },
  { start: { tailOffset: 1n }, bounded: at(9n), following: at(9n) },
  { start: { tailOffset: 10n }, bounded: at(0n), following: at(0n) },
  { start: { tailOffset: 99n }, bounded: at(0n), following: at(0n) },
  { start: { tailOffset: MAX }, bounded: at(0n), following: at(0n) },
  { start: { timestamp: 0n }, bounded: since(0n), following: since(0n) },
  { start: { timestamp: 1000n }, bounded: since(1000n), following: since(1000n) },
  { start: { timestamp: 1001n }, bounded: unwritten, following: unwritten },
  { start: { timestamp: 1001n, clamp: true }, bounded: unwritten, following: at(10n) },
])('from $start (READ-002 to READ-013)', ({ start, bounded, following }) => {
  expect(resolveStart(start, tail, false)).toEqual(bounded)
  expect(resolveStart(start, tail, true)).toEqual(following)
})

test.each<{ start: ReadStart; bounded: object }>([
  { start: { seqNum: 0n }, bounded: { refusal: 'unwritten', tail: empty } },
  { start: { timestamp: 0n }, bounded: since(0n) },
  { start: { timestamp: 1n }, bounded: { refusal: 'unwritten', tail: empty } },
  { start: { tailOffset: 5n }, bounded: { refusal: 'unwritten', tail: empty } },
])('of an empty stream from $start (READ-014, READ-015)', ({ start, bounded }) => {
  expect(resolveStart(start, empty, false)).toEqual(bounded)
})

test('a start is at most the tail, or refused with it; clamped and following it is never refused', () => {
  const number = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.constant(MAX))
  const selector = fc.oneof(
    number.map((seqNum): ReadStart => ({ seqNum })),
    number.map((timestamp): ReadStart => ({ timestamp })),
    number.map((tailOffset): ReadStart => ({ tailOffset })),
  )
  fc.assert(
    fc.property(
      selector,
      fc.boolean(),
      fc.boolean(),
      number,
      number,
      (selector, clamp, follows, seqNum, timestamp) => {
        const tail = { seqNum, timestamp }
        const point = resolveStart({ ...selector, clamp }, tail, follows)
        if ('refusal' in point) {
          expect(point).toEqual({ refusal: 'unwritten', tail })
          expect(clamp && follows).toBe(false)
        } else if (point.from === 'seq-num') {
          expect(point.seqNum <= seqNum && (follows || point.seqNum < seqNum)).toBe(true)
        } else expect(point.timestamp).toBeLessThanOrEqual(timestamp)
      },
    ),
  )
})
