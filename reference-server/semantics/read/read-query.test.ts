import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadEnd, ReadStart } from '../../../proto/types.ts'
import { checkReadQuery, mayStandAtTail, unaryEnd, waitAtTail } from './read-query.ts'

const MAX = 2n ** 64n - 1n

test.each<{ start: ReadStart; end: ReadEnd; refused: boolean }>([
  { start: {}, end: {}, refused: false },
  { start: { clamp: true }, end: { until: 0n }, refused: false },
  { start: { seqNum: 0n, timestamp: 0n }, end: {}, refused: true },
  { start: { seqNum: 0n, tailOffset: 0n }, end: {}, refused: true },
  { start: { timestamp: 0n, tailOffset: 0n }, end: {}, refused: true },
  { start: { seqNum: 0n, timestamp: 0n, tailOffset: 0n }, end: {}, refused: true },
  { start: { timestamp: 300n }, end: { until: 301n }, refused: false },
  { start: { timestamp: 301n }, end: { until: 301n }, refused: true },
  { start: { timestamp: 302n }, end: { until: 301n }, refused: true },
  { start: { seqNum: 5n }, end: { until: 0n }, refused: false },
])('from $start to $end is refused: $refused (READ-001, READ-003, READ-028)', ({ start, end, refused }) => {
  expect(checkReadQuery(start, end)).toEqual(
    refused ? expect.objectContaining({ code: 'invalid' }) : undefined,
  )
})

test.each<{ end: ReadEnd; follows: boolean; waits: number }>([
  { end: {}, follows: true, waits: Number.POSITIVE_INFINITY },
  { end: { wait: 0 }, follows: true, waits: 0 },
  { end: { wait: 7 }, follows: true, waits: 7 },
  { end: { count: 0n }, follows: false, waits: 0 },
  { end: { count: 1n, wait: 0 }, follows: false, waits: 0 },
  { end: { bytes: 1n, wait: 7 }, follows: true, waits: 7 },
  { end: { until: MAX }, follows: false, waits: 0 },
])('$end may follow: $follows, and waits $waits s (READ-009, READ-010, READ-047 to READ-050)', (row) => {
  expect([mayStandAtTail(row.end), waitAtTail(row.end)]).toEqual([row.follows, row.waits])
})

test.each<{ end: ReadEnd; unary: ReadEnd }>([
  { end: {}, unary: { count: 1000n, bytes: 1_048_576n, wait: 0 } },
  { end: { count: 5000n, bytes: 10_000_000n }, unary: { count: 1000n, bytes: 1_048_576n, wait: 0 } },
  { end: { count: MAX, bytes: MAX }, unary: { count: 1000n, bytes: 1_048_576n, wait: 0 } },
  { end: { count: 0n, bytes: 0n, until: 0n }, unary: { count: 0n, bytes: 0n, until: 0n, wait: 0 } },
  { end: { wait: 60 }, unary: { count: 1000n, bytes: 1_048_576n, wait: 60 } },
  { end: { wait: 3600 }, unary: { count: 1000n, bytes: 1_048_576n, wait: 60 } },
])('$end, unary, is $unary (READ-030, READ-031, READ-043)', ({ end, unary }) => {
  expect(unaryEnd(end)).toEqual(unary)
})

test('a unary read is bounded: it follows exactly if it is told to wait', () => {
  const number = fc.bigInt({ min: 0n, max: MAX })
  const end: fc.Arbitrary<ReadEnd> = fc.record(
    { count: number, bytes: number, until: number, wait: fc.nat() },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(end, (end) => {
      const unary = unaryEnd(end)
      expect(mayStandAtTail(unary)).toBe((end.wait ?? 0) > 0)
      expect(unaryEnd(unary)).toEqual(unary)
    }),
  )
})
