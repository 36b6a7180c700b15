import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BodyChecksum } from './body-checksum.ts'
import { createFiller } from './filler.ts'
import { STAMP_BYTES, type Stamp, viewOf } from './stamp-layout.ts'
import { type Damage, StampReader } from './stamp-reader.ts'
import { StampWriter } from './stamp-writer.ts'

const LONGEST = 3000
const filler = createFiller(5, LONGEST, 0.3)

const stamp = fc.record({
  tag: fc.nat(2 ** 32 - 1),
  writer: fc.nat(2 ** 32 - 1),
  index: fc.nat(Number.MAX_SAFE_INTEGER),
  intendedUs: fc.nat(Number.MAX_SAFE_INTEGER),
  place: fc.nat(999),
  size: fc.integer({ min: 1, max: 1000 }),
})
const length = fc.nat(LONGEST - STAMP_BYTES)

function bodyOf(given: Stamp, fill: number): Buffer {
  const body = Buffer.alloc(fill + STAMP_BYTES)
  filler.pool.copy(body, 0, filler.begin(given.place), filler.begin(given.place) + fill)
  new StampWriter(given.tag, filler).write(viewOf(body), body.length, given, fill)
  return body
}

/** What is wrong with a body, for a reader that has seen no other. */
const damageOf = (body: Buffer, tag: number, begin = 0): Damage | undefined =>
  new StampReader(tag, filler).read(body, begin, body.length)

const EMPTY: Stamp = { tag: 0, writer: 0, index: 0, intendedUs: 0, place: 0, size: 0 }

/** Records of a few writers and lengths in some order, so that little is new from one to the next, and then much. */
const sequence = fc.array(
  fc.record({
    writer: fc.constantFrom(0, 1, 2 ** 32 - 1),
    index: fc.oneof(fc.nat(3), fc.integer({ min: 254, max: 258 }), fc.nat(Number.MAX_SAFE_INTEGER)),
    intendedUs: fc.constantFrom(0, 1, 1_790_000_000_000_000),
    place: fc.oneof(fc.nat(3), fc.nat(65_535)),
    size: fc.constantFrom(1, 2, 65_535),
    fill: fc.constantFrom(0, 1, 68, LONGEST - STAMP_BYTES),
  }),
  { minLength: 1, maxLength: 20 },
)

test('the checksum is that of zlib, whatever came before', () => {
  fc.assert(
    fc.property(sequence, (records) => {
      const checksum = new BodyChecksum(7, filler)
      for (const { fill, ...given } of records) {
        const { writer, index, intendedUs, place, size } = given
        const body = bodyOf({ ...given, tag: 7 }, fill)
        expect(checksum.of(writer, index, intendedUs, place, size, fill)).toBe(
          zlibCrc32(body.subarray(0, body.length - 4)),
        )
      }
    }),
  )
})

describe('a stamp', () => {
  test('is read as it was written, with the checksum of all that stands before it', () => {
    fc.assert(
      fc.property(stamp, length, (given, fill) => {
        const body = bodyOf(given, fill)
        const reader = new StampReader(given.tag, filler)
        expect(reader.read(body, 0, body.length)).toBeUndefined()
        expect(reader.stamp).toEqual(given)
        expect(body.readUInt32BE(body.length - 4)).toBe(zlibCrc32(body.subarray(0, body.length - 4)))
      }),
    )
  })

  test('gives away any byte that was changed', () => {
    fc.assert(
      fc.property(stamp, length, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, fill, where, change) => {
        const body = bodyOf(given, fill)
        const at = where % body.length
        body[at] = (body[at] ?? 0) ^ change
        expect(damageOf(body, given.tag)).toBeDefined()
      }),
    )
  })

  test.each([
    ['too short', 31],
    ['of another run', 32],
  ] as const)('is not read from what is %s', (damage, bytes) => {
    expect(damageOf(Buffer.alloc(bytes, 1), 7)).toBe(damage)
  })

  test('is not that of a body which lost bytes of its filler', () => {
    const given = { ...EMPTY, tag: 9, place: 3, size: 4 }
    const body = bodyOf(given, 200)
    expect(damageOf(body, 9, 10)).toBe('bytes changed')
  })
})

test('a filler is as compressible as it is told to be', () => {
  const zeros = (part: number): number => {
    const { pool } = createFiller(1, 100_000, part)
    return pool.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0) / pool.length
  }
  expect(zeros(0)).toBeLessThan(0.01)
  expect(zeros(0.5)).toBeGreaterThan(0.45)
  expect(zeros(0.5)).toBeLessThan(0.55)
  expect(zeros(1)).toBe(1)
})
