import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EncodedRecord } from './encoded-record.ts'
import { decodeReadBatch, encodeReadBatch } from './messages.ts'
import { joinPieces } from './pieces.ts'
import { lengthOfRecord, recordPieces, writeRecord } from './sequenced-record.ts'
import { readBatch } from './testing.ts'
import type { SequencedRecord } from './types.ts'
import { VarintReader } from './varint.ts'
import { WireError } from './wire-error.ts'

/** The records as they come back from their encoded form, which is one after the other. */
function encoded(records: readonly SequencedRecord[]): readonly EncodedRecord[] {
  const bytes = new Uint8Array(records.reduce((sum, record) => sum + lengthOfRecord(record), 0))
  const end = records.reduce((at, record) => writeRecord(bytes, at, record), 0)
  expect(end).toBe(bytes.length)
  const reader = new VarintReader(bytes)
  return records.map(() => new EncodedRecord(reader))
}

const plain = ({ seqNum, timestamp, headers, body }: SequencedRecord): SequencedRecord => ({
  seqNum,
  timestamp,
  headers,
  body,
})

test('records come back from their encoded form as they were', () => {
  fc.assert(
    fc.property(readBatch(), ({ records }) => {
      expect(encoded(records).map(plain)).toStrictEqual(records)
    }),
  )
})

test('records that are encoded already, some of them, in any order, are written like any others', () => {
  const choice = fc.array(fc.record({ index: fc.nat(), isEncoded: fc.boolean(), isLater: fc.boolean() }))
  fc.assert(
    fc.property(readBatch(), choice, (batch, choices) => {
      const [first, later] = [encoded(batch.records), encoded(batch.records)]
      const records = choices.flatMap(({ index, isEncoded, isLater }) => {
        const at = index % Math.max(1, batch.records.length)
        const source: readonly SequencedRecord[] = isEncoded ? (isLater ? later : first) : batch.records
        return source.slice(at, at + 2)
      })
      const bytes = encodeReadBatch({ ...batch, records })
      expect(bytes).toEqual(encodeReadBatch({ ...batch, records: records.map(plain) }))
      expect(decodeReadBatch(bytes).records).toStrictEqual(records.map(plain))
    }),
  )
})

test('long neighbours are not copied, and what is between them comes in its place', () => {
  const of = (seqNum: bigint, length: number) =>
    ({ seqNum, timestamp: 1n, headers: [], body: new Uint8Array(length).fill(Number(seqNum)) }) as const
  const long = [of(1n, 20_000), of(2n, 20_000), of(3n, 20_000)]
  const [first, second, third] = encoded(long)
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were made')
  const short = encoded([of(4n, 9)])
  const records = [...short, first, second, of(5n, 5), ...short, third, of(6n, 6)]
  const pieces = recordPieces(records)
  expect(joinPieces(pieces)).toEqual(encodeReadBatch({ records: records.map(plain) }))
  expect(pieces.map(({ buffer }) => buffer === first.encoded.buffer)).toEqual([
    false,
    true,
    false,
    true,
    false,
  ])
})

test('a changed copy of an encoded record is written as it is now', () => {
  const [record] = encoded([{ seqNum: 1n, timestamp: 2n, headers: [], body: Uint8Array.of(3) }])
  const changed = { ...record, timestamp: 5n } as SequencedRecord
  expect(decodeReadBatch(encodeReadBatch({ records: [changed] })).records).toMatchObject([{ timestamp: 5n }])
})

test.each([
  ['another field', [0x12, 0]],
  ['fields in another order', [0x0a, 4, 0x10, 1, 0x08, 1]],
  ['a length that is too short', [0x0a, 2, 0x22, 1, 1]],
  ['a length that is too long', [0x0a, 9, 0x22, 1, 1]],
  ['a header of another length', [0x0a, 5, 0x1a, 9, 0x0a, 1, 97]],
  ['a body that is cut', [0x0a, 4, 0x22, 9, 1, 1]],
])('%s is refused', (_name, bytes) => {
  expect(() => new EncodedRecord(new VarintReader(Uint8Array.from(bytes)))).toThrow(WireError)
})
