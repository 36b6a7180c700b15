import { expect, test } from 'vitest'
import { oneLine, plain, plainJson } from './plain.ts'

test.each([
  ['two\nlines, and Größe', 'two\nlines, and Größe'],
  ['\u001b]0;owned\u0007\u001b[2J', '\\x1b]0;owned\\x07\\x1b[2J'],
  ['\u009b31m and \r back', '\\x9b31m and \\x0d back'],
  ['\u202eback\u2066 and \u200f\u061c', '\\u202eback\\u2066 and \\u200f\\u061c'],
  ['one\u2028two\u2029three', 'one\\u2028two\\u2029three'],
  ['a\u{e0041}\u{e007f}b', 'a\\u{e0041}\\u{e007f}b'],
  ['::error::x\n  ::add-mask::y', '\\x3a:error::x\n  \\x3a:add-mask::y'],
  ['a ##[error]x ##vso[task]y ##teamcity[z', 'a \\x23#[error]x \\x23#vso[task]y \\x23#teamcity[z'],
  ['http://[::1]:80 and a::b', 'http://[::1]:80 and a::b'],
])('%j does nothing to a terminal or a log', (text, shown) => {
  expect(plain(text)).toBe(shown)
})

test('one line stays one', () => {
  expect(oneLine('a\n::error::b\r')).toBe('a\\n::error::b\\x0d')
})

test('JSON stays the value that it was', () => {
  const value = { '\u009b': '\u202e ##[error] \u2028 \u007f \u001b \u{e0041}' }
  const json = plainJson(JSON.stringify(value))
  expect(json).toMatch(/^[ -~]*$/)
  expect(json).not.toContain('##[')
  expect(JSON.parse(json)).toEqual(value)
})
