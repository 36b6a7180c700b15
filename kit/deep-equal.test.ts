import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deepEqual } from './deep-equal.ts'

const values = fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: false })

describe('deepEqual', () => {
  test('holds between a value and its copy', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(deepEqual(value, structuredClone(value))).toBe(true)
      }),
    )
  })
  test.each([
    [1n, 1, true],
    [2n ** 64n, 2 ** 64, true],
    [2n ** 53n + 1n, 2 ** 53, false],
    [1n, 1.5, false],
    ['1', 1, false],
    [Buffer.from([1]), Uint8Array.of(1), true],
    [Uint8Array.of(1), [1], false],
    [Uint8Array.of(1), Uint8Array.of(1, 2), false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [{ a: undefined }, {}, true],
    [{ a: null }, {}, false],
    [{ a: { b: 1n } }, { a: { b: 2n } }, false],
    [null, {}, false],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(deepEqual(left, right)).toBe(expected)
    expect(deepEqual(right, left)).toBe(expected)
  })
})
