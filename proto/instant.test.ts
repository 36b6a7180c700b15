import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, instantOf, millisecondsUntil, parseInstant } from './instant.ts'

test.each<[string, bigint, string]>([
  ['1970-01-01T00:00:00Z', 0n, '1970-01-01T00:00:00Z'],
  ['2026-11-25T10:00:00.123456789Z', 1_795_600_800_123_456_789n, '2026-11-25T10:00:00.123456789Z'],
  ['2026-11-25T10:00:00.120Z', 1_795_600_800_120_000_000n, '2026-11-25T10:00:00.12Z'],
  ['2026-11-25T10:00:00.1234567899Z', 1_795_600_800_123_456_789n, '2026-11-25T10:00:00.123456789Z'],
  ['2026-11-25t15:30:00+05:30', 1_795_600_800_000_000_000n, '2026-11-25T10:00:00Z'],
  ['2026-11-25T09:59:59.5-00:01', 1_795_600_859_500_000_000n, '2026-11-25T10:00:59.5Z'],
  ['1969-12-31T23:59:59.9Z', -100_000_000n, '1969-12-31T23:59:59.9Z'],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000_000_000n, '0001-01-01T00:00:00Z'],
  ['9999-12-31T23:59:59.999999999Z', 253_402_300_799_999_999_999n, '9999-12-31T23:59:59.999999999Z'],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000_000_000n, '2024-02-29T00:00:00Z'],
])('%s is %i, written %s', (text, instant, written) => {
  expect(parseInstant(text)).toBe(instant)
  expect(formatInstant(instant)).toBe(written)
})

test.each([
  '',
  'soon',
  '2026-11-25',
  '2026-11-25 10:00:00Z',
  '2026-11-25T10:00:00',
  '2026-11-25T10:00Z',
  '2026-11-25T10:00:00.Z',
  '2026-11-25T24:00:00Z',
  '2026-11-25T10:00:60Z',
  '2026-13-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-11-25T10:00:00+24:00',
  '2026-11-25T10:00:00+0530',
  '9999-12-31T23:59:59-00:01',
  '0000-01-01T00:00:00+00:01',
  '+12026-11-25T10:00:00Z',
  ' 2026-11-25T10:00:00Z',
  '2026-11-25T10:00:00Z\n',
])('%j is no time', (text) => {
  expect(parseInstant(text)).toBeUndefined()
})

test('what is written is read as the same', () => {
  const instants = fc.bigInt({ min: -62_167_219_200_000_000_000n, max: 253_402_300_799_999_999_999n })
  fc.assert(
    fc.property(instants, (instant) => {
      expect(parseInstant(formatInstant(instant))).toBe(instant)
    }),
  )
})

test('a wait for an instant is never too short', () => {
  expect(millisecondsUntil(instantOf(5n), 3n)).toBe(2)
  expect(millisecondsUntil(instantOf(5n) + 1n, 3n)).toBe(3)
  expect(millisecondsUntil(instantOf(5n), 5n)).toBe(0)
  expect(millisecondsUntil(instantOf(5n), 6n)).toBe(0)
})
