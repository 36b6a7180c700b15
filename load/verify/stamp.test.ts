import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import { createFiller } from './filler.ts'
import { readStamp, STAMP_BYTES, type Stamp, writeStamp } from './stamp.ts'

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
  writeStamp(body, body.length, given, filler, fill)
  return body
}

const EMPTY: Stamp = { tag: 0, writer: 0, index: 0, intendedUs: 0, place: 0, size: 0 }

test('the checksum is that of zlib, piece by piece', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
      const whole = Buffer.concat([first, second])
      expect(crc32(whole, first.length, whole.length, zlibCrc32(first))).toBe(zlibCrc32(whole))
    }),
  )
})

describe('a stamp', () => {
  test('is read as it was written, with the checksum of all that stands before it', () => {
    fc.assert(
      fc.property(stamp, length, (given, fill) => {
        const body = bodyOf(given, fill)
        const read = { ...EMPTY }
        expect(readStamp(body, 0, body.length, given.tag, filler, read)).toBeUndefined()
        expect(read).toEqual(given)
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
        expect(readStamp(body, 0, body.length, given.tag, filler, { ...EMPTY })).toBeDefined()
      }),
    )
  })

  test.each([
    ['too short', 31],
    ['of another run', 32],
  ] as const)('is not read from what is %s', (damage, bytes) => {
    expect(readStamp(Buffer.alloc(bytes, 1), 0, bytes, 7, filler, { ...EMPTY })).toBe(damage)
  })

  test('is not that of a body which lost bytes of its filler', () => {
    const given = { ...EMPTY, tag: 9, place: 3, size: 4 }
    const body = bodyOf(given, 200)
    expect(readStamp(body, 10, body.length, 9, filler, { ...EMPTY })).toBe('bytes changed')
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
