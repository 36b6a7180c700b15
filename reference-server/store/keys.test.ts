import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames } from '../semantics/resources/names.ts'
import {
  accessTokenKey,
  accessTokensRange,
  allBatches,
  allTimestamps,
  basinKey,
  basinsRange,
  batchesRange,
  batchKey,
  compareKeys,
  defaultLocationKey,
  deletingKey,
  lastOfTimestampKey,
  nextStreamIdKey,
  stateKey,
  streamKey,
  streamsRange,
  timestampKey,
  timestampsFrom,
  trimmingKey,
} from './keys.ts'
import type { KeyRange } from './store.ts'
import { usageKey } from './usage-keys.ts'

const u64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, 1n, 255n, 256n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
)
const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'))
const basin = fc.constantFrom('aaaaaaaa', 'aaaaaaaab', 'aaaaaaaa-1', 'zzzzzzzz')

const isIn = (key: Uint8Array, { from, to }: KeyRange): boolean =>
  compareKeys(key, from) >= 0 && compareKeys(key, to) < 0

const compareNumbers = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b)

describe('keys', () => {
  test('access tokens are in the byte order of their ids, and found by their beginning', () => {
    fc.assert(
      fc.property(name, name, name, (a, b, prefix) => {
        const order = Math.sign(compareKeys(accessTokenKey(a), accessTokenKey(b)))
        expect(order).toBe(Math.sign(compareNames(a, b)))
        const listed = a.startsWith(prefix) && compareNames(a, b) >= 0
        expect(isIn(accessTokenKey(a), accessTokensRange(prefix, b))).toBe(listed)
      }),
    )
  })

  test('streams of a basin are in the byte order of their names', () => {
    fc.assert(
      fc.property(basin, name, name, (basin, a, b) => {
        const order = Math.sign(compareKeys(streamKey(basin, a), streamKey(basin, b)))
        expect(order).toBe(Math.sign(compareNames(a, b)))
      }),
    )
  })

  test('batches are in the order of their numbers', () => {
    fc.assert(
      fc.property(u64, u64, u64, (id, a, b) => {
        expect(compareKeys(batchKey(id, a), batchKey(id, b))).toBe(compareNumbers(a, b))
      }),
    )
  })

  test('timestamps are in order, then numbers', () => {
    fc.assert(
      fc.property(u64, u64, u64, u64, u64, (id, timestampA, timestampB, a, b) => {
        const order = compareKeys(timestampKey(id, timestampA, a), timestampKey(id, timestampB, b))
        expect(order).toBe(compareNumbers(timestampA, timestampB) || compareNumbers(a, b))
        expect(lastOfTimestampKey(timestampKey(id, timestampA, a))).toBe(a)
      }),
    )
  })

  test('a range of batches holds those of the stream within it and no others', () => {
    fc.assert(
      fc.property(u64, u64, u64, u64, u64, (id, other, seqNum, from, to) => {
        const key = batchKey(other, seqNum)
        expect(isIn(key, batchesRange(id, from, to))).toBe(other === id && seqNum >= from && seqNum < to)
        expect(isIn(key, allBatches(id))).toBe(other === id)
        expect(isIn(key, allTimestamps(id))).toBe(false)
      }),
    )
  })

  test('timestamps from one on are those of the stream that are not lower', () => {
    fc.assert(
      fc.property(u64, u64, u64, u64, u64, (id, other, timestamp, from, seqNum) => {
        const key = timestampKey(other, timestamp, seqNum)
        expect(isIn(key, timestampsFrom(id, from))).toBe(other === id && timestamp >= from)
        expect(isIn(key, allTimestamps(id))).toBe(other === id)
      }),
    )
  })

  test('a range of streams holds those of the basin with the prefix, from the first name on', () => {
    fc.assert(
      fc.property(
        basin,
        basin,
        name,
        fc.oneof(name, fc.constant('')),
        fc.oneof(name, fc.constant('')),
        (basin, other, stream, prefix, first) => {
          const expected = other === basin && stream.startsWith(prefix) && compareNames(stream, first) >= 0
          expect(isIn(streamKey(other, stream), streamsRange(basin, prefix, first))).toBe(expected)
        },
      ),
    )
  })

  test('no kind of key is another', () => {
    const id = 7n
    const keys = [
      nextStreamIdKey,
      basinKey('aaaaaaaa'),
      streamKey('aaaaaaaa', 's'),
      stateKey(id),
      batchKey(id, 0n),
      timestampKey(id, 0n, 0n),
      trimmingKey(id),
      deletingKey(id),
      defaultLocationKey,
      usageKey('aaaaaaaa', 0),
      accessTokenKey('aaaaaaaa'),
    ]
    expect(new Set(keys.map((key) => key[0])).size).toBe(keys.length)
    expect(keys.filter((key) => isIn(key, basinsRange))).toEqual([basinKey('aaaaaaaa')])
  })
})
