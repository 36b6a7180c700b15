import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AppendInput, AppendRecord } from '../../../proto/types.ts'
import { isRefusal } from '../refusal.ts'
import { admitBatch } from './batch.ts'

const ofSize = (size: number): AppendRecord => ({ headers: [], body: new Uint8Array(size - 8) })
const many = (count: number, size = 8): readonly AppendRecord[] =>
  Array.from({ length: count }, () => ofSize(size))
const MEBIBYTE = 1_048_576

test.each<{ what: string; input: AppendInput; size: bigint }>([
  { what: 'an empty record (REC-006)', input: { records: [ofSize(8)] }, size: 8n },
  { what: 'the largest record (REC-002)', input: { records: [ofSize(MEBIBYTE)] }, size: BigInt(MEBIBYTE) },
  { what: 'the most records (REC-003)', input: { records: many(1000) }, size: 8000n },
  {
    what: 'the largest batch (REC-004)',
    input: { records: [...many(999, 1000), ofSize(MEBIBYTE - 999_000)] },
    size: BigInt(MEBIBYTE),
  },
  {
    what: 'the longest token (REC-016)',
    input: { records: many(1), fencingToken: 'é'.repeat(18) },
    size: 8n,
  },
])('$what is admitted', ({ input, size }) => {
  expect(admitBatch(input)).toMatchObject({ size })
})

test.each<{ what: string; input: AppendInput }>([
  { what: 'no record (REC-005)', input: { records: [] } },
  { what: 'a record one byte too large (REC-002)', input: { records: [ofSize(MEBIBYTE + 1)] } },
  { what: 'one record too many (REC-003)', input: { records: many(1001) } },
  { what: 'a batch one byte too large (REC-004)', input: { records: [ofSize(MEBIBYTE - 8), ofSize(9)] } },
  { what: 'a token one byte too long (REC-016)', input: { records: many(1), fencingToken: 'x'.repeat(37) } },
  {
    what: 'one wrong command among good records (APP-005)',
    input: {
      records: [
        ofSize(8),
        { headers: [{ name: new Uint8Array(), value: new Uint8Array() }], body: new Uint8Array() },
      ],
    },
  },
])('$what is refused as invalid', ({ input }) => {
  expect(admitBatch(input)).toMatchObject({ refusal: 'error', code: 'invalid' })
})

describe('conditions', () => {
  test('present or absent, 0 and the empty string are values (REC-025)', () => {
    const records = many(1)
    expect(admitBatch({ records })).toMatchObject({ matchSeqNum: undefined, fencingToken: undefined })
    expect(admitBatch({ records, matchSeqNum: 0n, fencingToken: '' })).toMatchObject({
      matchSeqNum: 0n,
      fencingToken: '',
    })
  })
})

test('what is admitted is what was given, in its order, with the sum of its sizes', () => {
  const part = fc.uint8Array({ minLength: 1, maxLength: 5 })
  const record = fc.record({
    timestamp: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    headers: fc.array(fc.record({ name: part, value: part }), { maxLength: 3 }),
    body: part,
  })
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
      const batch = admitBatch({ records })
      if (isRefusal(batch)) throw new Error('refused')
      expect(batch.records.map(({ effect: _, ...record }) => record)).toEqual(records)
      const bytes = records.flatMap(({ headers, body }) => [
        ...headers.flatMap(({ name, value }) => [...name, ...value, 0, 0]),
        ...body,
      ])
      expect(batch.size).toBe(BigInt(8 * records.length + bytes.length))
    }),
  )
})
