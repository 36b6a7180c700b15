import { describe, expect, test } from 'vitest'
import { valueOrWireError } from '../../proto/testing.ts'
import { Cursor } from './cursor.ts'

const cursorOf = (...bytes: readonly number[]): Cursor => new Cursor(Buffer.from(bytes))

/** In seven bits a byte, the lowest first, in as many bytes as are wanted. */
const varintOf = (value: bigint, bytes = 1): readonly number[] =>
  value < 0x80n && bytes <= 1
    ? [Number(value)]
    : [Number(value & 0x7fn) | 0x80, ...varintOf(value >> 7n, bytes - 1)]

describe('a number', () => {
  test.each([0n, 127n, 128n, 16_383n, 16_384n, 2n ** 32n, 2n ** 49n - 1n, 2n ** 49n, 2n ** 53n - 1n])(
    '%d is read as it is',
    (value) => {
      const bytes = varintOf(value)
      const cursor = cursorOf(...bytes, 1)
      expect(cursor.varint()).toBe(Number(value))
      expect(cursor.at).toBe(bytes.length)
    },
  )

  test('may take more bytes than it needs', () => {
    expect(cursorOf(...varintOf(5n, 8)).varint()).toBe(5)
  })

  test.each([2n ** 53n, 2n ** 53n + 1n, 2n ** 56n - 1n, 2n ** 56n, 2n ** 63n, 2n ** 64n - 1n])(
    '%d is refused: no number holds all of its like',
    (value) => {
      expect(valueOrWireError(() => cursorOf(...varintOf(value)).varint())).toMatchObject({
        code: 'bad_proto',
      })
    },
  )

  test.each([[[]], [[0x80]], [varintOf(2n ** 40n).slice(0, -1)]])(
    'that ends early is refused: %j',
    (bytes) => {
      expect(() => cursorOf(...bytes).varint()).toThrow('the message ends inside a field')
    },
  )
})

describe('a field that nobody knows', () => {
  test.each<[string, number, readonly number[]]>([
    ['a small number', 0, [5]],
    ['a number of ten bytes, as every negative one is', 0, varintOf(2n ** 64n - 1n)],
    ['eight bytes', 1, [1, 2, 3, 4, 5, 6, 7, 8]],
    ['bytes', 2, [3, 0xff, 0xff, 0xff]],
    ['no bytes', 2, [0]],
    ['four bytes', 5, [1, 2, 3, 4]],
  ])('of %s is passed, and what follows is read', (_what, wireType, bytes) => {
    const cursor = cursorOf(...bytes, 42)
    cursor.skip(wireType)
    expect(cursor.at).toBe(bytes.length)
    expect(cursor.varint()).toBe(42)
  })

  test.each<[string, number, readonly number[]]>([
    ['a number', 0, [0x80]],
    ['eight bytes', 1, [1, 2, 3, 4, 5, 6, 7]],
    ['bytes', 2, [3, 0xff, 0xff]],
    ['the length of bytes', 2, [0x80]],
    ['four bytes', 5, [1, 2, 3]],
  ])('of %s that ends early is refused', (_what, wireType, bytes) => {
    const refused = { code: 'bad_proto' }
    expect(valueOrWireError(() => cursorOf(...bytes).skip(wireType))).toMatchObject(refused)
    // Also where there are bytes enough, but of what holds the message.
    const cursor = cursorOf()
    cursor.reset(Buffer.from([...bytes, 1, 1, 1, 1]), 0, bytes.length)
    expect(valueOrWireError(() => cursor.skip(wireType))).toMatchObject(refused)
  })

  test.each([3, 4, 6, 7])('of wire type %d is refused: that is long gone or never was', (wireType) => {
    expect(() => cursorOf(0, 0, 0, 0).skip(wireType)).toThrow(`there is no wire type ${wireType}`)
  })
})

describe('bytes', () => {
  test('lie behind their length', () => {
    const cursor = cursorOf(2, 7, 8, 9)
    expect(cursor.bytesEnd()).toBe(3)
    expect(cursor.at).toBe(1)
  })

  test('must not be longer than what holds them', () => {
    const cursor = cursorOf()
    cursor.reset(Buffer.from([9, 9, 2, 7, 8, 9]), 2, 4)
    expect(() => cursor.bytesEnd()).toThrow('a field is longer than what holds it')
  })
})
