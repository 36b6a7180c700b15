import fc from 'fast-check'
import { expect, test } from 'vitest'
import { u64 } from './testing.ts'
import { lengthOfU64, VarintReader, writeU64 } from './varint.ts'
import { WireError } from './wire-error.ts'

test('a number comes back, and is as long as it was said to be', () => {
  const bytes = new Uint8Array(10)
  fc.assert(
    fc.property(u64, (value) => {
      const end = writeU64(bytes, 0, value)
      expect(end).toBe(lengthOfU64(value))
      const reader = new VarintReader(bytes)
      expect(reader.u64()).toBe(value)
      expect(reader.at).toBe(end)
    }),
  )
})

test.each([
  [0n, [0]],
  [127n, [127]],
  [128n, [128, 1]],
  [2n ** 53n - 1n, [255, 255, 255, 255, 255, 255, 255, 15]],
  [2n ** 53n + 1n, [129, 128, 128, 128, 128, 128, 128, 16]],
  [2n ** 64n - 1n, [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
])('%d is written as protobuf has it', (value, expected) => {
  const bytes = new Uint8Array(expected.length)
  expect(writeU64(bytes, 0, value)).toBe(expected.length)
  expect([...bytes]).toEqual(expected)
})

test.each([-1n, 2n ** 64n])('%d is refused', (value) => {
  expect(() => lengthOfU64(value)).toThrow(WireError)
})

test('what ends too early is refused', () => {
  expect(() => new VarintReader(Uint8Array.of(128)).u64()).toThrow(WireError)
  expect(() => new VarintReader(Uint8Array.of(128)).varint()).toThrow(WireError)
  expect(() => new VarintReader(Uint8Array.of(1, 2)).take(3)).toThrow(WireError)
})
