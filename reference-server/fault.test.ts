import { expect, test } from 'vitest'
import { describeFault } from './fault.ts'

test.each([
  [new TypeError('x is undefined'), 'TypeError: x is undefined'],
  [new Error('one\n  two\r\n\tthree\n'), 'Error: one two three'],
  ['thrown as it is', 'thrown as it is'],
  [undefined, 'undefined'],
])('%j is told on one line', (fault, line) => {
  expect(describeFault(fault)).toBe(line)
})

test('a long message is cut', () => {
  expect(describeFault(new Error('x'.repeat(10_000)))).toMatch(/^Error: x{293}\.\.\.$/)
})
