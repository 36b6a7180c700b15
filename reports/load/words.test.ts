import { expect, test } from 'vitest'
import { signed } from './comparison-words.ts'
import { percent } from './words.ts'

test.each([
  [0.12, '12 %', '+12 %'],
  [0.0349, '3.5 %', '+3.5 %'],
  [0, '0 %', '+0 %'],
  [1, '100 %', '+100 %'],
  [-0.0349, '-3.5 %', '-3.5 %'],
])('a part of %d in percent', (part, text, withSign) => {
  expect([percent(part), signed(part)]).toEqual([text, withSign])
})

test('small parts are told to more digits where it is asked for, and one that nobody knows as such', () => {
  expect([percent(0.000_42, 2), percent(Number.NaN)]).toEqual(['0.04 %', 'unknown'])
})
