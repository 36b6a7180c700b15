import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_U64 } from './limits.ts'
import { isU64, parseU64 } from './u64.ts'

test.each([
  ['0', 0n],
  ['007', 7n],
  ['9007199254740993', 2n ** 53n + 1n],
  ['18446744073709551615', MAX_U64],
  ['18446744073709551616', undefined],
  ['99999999999999999999', undefined],
  ['000000000000000000001', undefined],
  ['', undefined],
  ['-1', undefined],
  ['+1', undefined],
  [' 1', undefined],
  ['1\n', undefined],
  ['1.0', undefined],
  ['1e3', undefined],
  ['0x1', undefined],
  ['1_0', undefined],
  ['١', undefined],
])('%j is %s', (text, value) => {
  expect(parseU64(text)).toBe(value)
})

test('numbers are judged and read the same', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 66n }), (value) => {
      expect(parseU64(String(value))).toBe(isU64(value) ? value : undefined)
      expect(isU64(-value - 1n)).toBe(false)
    }),
  )
})
