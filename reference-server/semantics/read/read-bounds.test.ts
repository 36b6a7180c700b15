import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReadEnd, SequencedRecord } from '../../../proto/types.ts'
import { budgetOf, cutBatches, takeRecords } from './read-bounds.ts'

const record = (seqNum: number, timestamp: number, size: number): SequencedRecord => ({
  seqNum: BigInt(seqNum),
  timestamp: BigInt(timestamp),
  headers: [],
  body: new Uint8Array(size - 8),
})

/** Sequence numbers 0 to 9, timestamps 100 to 1000, each of metered size 20. */
const ten = Array.from({ length: 10 }, (_, index) => record(index, 100 * (index + 1), 20))

test.each<{ end: ReadEnd; count: number; done: boolean }>([
  { end: {}, count: 10, done: false },
  { end: { count: 0n }, count: 0, done: true },
  { end: { count: 3n }, count: 3, done: true },
  { end: { count: 10n }, count: 10, done: true },
  { end: { count: 11n }, count: 10, done: false },
  { end: { bytes: 0n }, count: 0, done: true },
  { end: { bytes: 19n }, count: 0, done: true },
  { end: { bytes: 20n }, count: 1, done: true },
  { end: { bytes: 59n }, count: 2, done: true },
  { end: { bytes: 60n }, count: 3, done: true },
  { end: { bytes: 200n }, count: 10, done: true },
  { end: { bytes: 201n }, count: 10, done: false },
  { end: { until: 100n }, count: 0, done: true },
  { end: { until: 101n }, count: 1, done: true },
  { end: { until: 200n }, count: 1, done: true },
  { end: { until: 201n }, count: 2, done: true },
  { end: { until: 1001n }, count: 10, done: false },
  { end: { count: 5n, bytes: 60n }, count: 3, done: true },
  { end: { count: 2n, bytes: 60n }, count: 2, done: true },
  { end: { count: 5n, until: 301n }, count: 3, done: true },
])('$end takes $count of ten, and is done: $done (READ-020 to READ-029)', ({ end, count, done }) => {
  const taken = takeRecords(ten, budgetOf(end))
  expect([taken.records, taken.done]).toEqual([ten.slice(0, count), done])
})

test('bounds span the session, however its records come (READ-034)', () => {
  const bound = fc.option(fc.bigInt({ min: 0n, max: 12n }), { nil: undefined })
  const sizes = fc.array(fc.integer({ min: 8, max: 12 }), { maxLength: 12 })
  fc.assert(
    fc.property(bound, bound, bound, sizes, fc.nat({ max: 12 }), (count, bytes, until, sizes, cut) => {
      const records = sizes.map((size, index) => record(index, index, size))
      const budget = { count, bytes: bytes === undefined ? undefined : bytes * 10n, until }
      const whole = takeRecords(records, budget)
      const first = takeRecords(records.slice(0, cut), budget)
      const second = first.done ? undefined : takeRecords(records.slice(cut), first.left)
      expect([...first.records, ...(second?.records ?? [])]).toEqual(whole.records)
    }),
  )
})

describe('batches of a session', () => {
  test.each([
    { what: 'nothing', sizes: [], cut: [] },
    { what: '1000 records', sizes: Array(1000).fill(8), cut: [1000] },
    { what: '1001 records', sizes: Array(1001).fill(8), cut: [1000, 1] },
    { what: 'exactly 1 MiB', sizes: [1_048_568, 8], cut: [2] },
    { what: 'one byte more', sizes: [1_048_568, 9], cut: [1, 1] },
    { what: 'three of 1 MiB', sizes: [1_048_576, 1_048_576, 1_048_576], cut: [1, 1, 1] },
  ])('$what (READ-037)', ({ sizes, cut }) => {
    const records = sizes.map((size, index) => record(index, 0, size))
    expect(cutBatches(records).map(({ length }) => length)).toEqual(cut)
  })

  test('lose nothing and keep the order', () => {
    const sizes = fc.array(fc.constantFrom(8, 300_000, 600_000, 1_048_576), { maxLength: 12 })
    fc.assert(
      fc.property(sizes, (sizes) => {
        const records = sizes.map((size, index) => record(index, 0, size))
        const batches = cutBatches(records)
        expect(batches.flat()).toEqual(records)
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0)
          expect(batch.reduce((sum, { body }) => sum + 8 + body.length, 0)).toBeLessThanOrEqual(1_048_576)
        }
      }),
      { numRuns: 30 },
    )
  })
})
