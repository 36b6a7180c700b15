import { expect, test } from 'vitest'
import { printable, show, showBytes } from './show.ts'

test.each([
  [{ seqNum: 2n ** 64n - 1n, name: 'a"b' }, '{ seqNum: 18446744073709551615, name: "a\\"b" }'],
  [[new Uint8Array(0), Uint8Array.of(0xff, 0), new TextEncoder().encode('é')], '["", 0xff00, "é"]'],
  [undefined, 'undefined'],
  [null, 'null'],
  [{}, '{}'],
])('%o', (value, text) => {
  expect(show(value)).toBe(text)
})

test('long values are cut and say how long they are', () => {
  expect(show('x'.repeat(1000))).toMatch(/^"x+… \(1002 characters\)$/)
  expect(showBytes(new Uint8Array(100).fill(97), 3)).toBe('"aaa"… (100 bytes)')
})

test('a cut in the middle of a character leaves text', () => {
  expect(printable(new TextEncoder().encode('aé'), 2)).toBe('a')
  expect(printable(Uint8Array.of(0xc3), 1)).toBeUndefined()
})
