import { expect, test } from 'vitest'
import { parseStart } from './start-time.ts'

const NOW = Date.parse('2026-11-25T22:00:00Z')

test.each([
  ['2026-11-25T22:15:00Z', 900_000],
  ['2026-11-25T22:15Z', 900_000],
  ['2026-11-25T23:15:00.250+01:00', 900_250],
])('%s', (text, later) => {
  expect(parseStart(text, NOW)).toBe(NOW + later)
})

test('nothing is as soon as all is ready', () => {
  expect(parseStart(undefined, NOW)).toBeUndefined()
})

test.each([
  ['22:15', '--start-at is a time with its zone, such as 2026-11-25T22:01:00Z, not "22:15"'],
  ['2026-11-25T22:15:00', '--start-at is a time with its zone'],
  ['2026-13-25T22:15:00Z', '--start-at is a time with its zone'],
  ['2026-02-30T00:00:00Z', '--start-at is a time with its zone'],
  ['2026-11-31T22:15:00+01:00', '--start-at is a time with its zone'],
  ['tomorrow', '--start-at is a time with its zone'],
  ['2026-11-25T22:00:00Z', '--start-at 2026-11-25T22:00:00Z is past: it is 2026-11-25T22:00:00.000Z here'],
  ['2026-11-27T22:00:00Z', 'is more than a day away'],
])('%s is refused', (text, why) => {
  expect(() => parseStart(text, NOW)).toThrow(why)
})
