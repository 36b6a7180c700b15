import { expect, test } from 'vitest'
import { plain } from './plain.ts'

test.each([
  ['two\nlines, and Größe', 'two\nlines, and Größe'],
  ['\u001b]0;owned\u0007\u001b[2J', '\\x1b]0;owned\\x07\\x1b[2J'],
  ['\u009b31m and \r back', '\\x9b31m and \\x0d back'],
])('%j does nothing to a terminal', (text, shown) => {
  expect(plain(text)).toBe(shown)
})
