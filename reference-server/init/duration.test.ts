import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

const SECOND = 1_000_000_000n

// As the crate humantime 2.4.0 reads them, which s2-lite 0.43.4 was seen to agree with.
test.each<[string, bigint]>([
  ['7d', 604_800n * SECOND],
  ['7days', 604_800n * SECOND],
  ['1week', 604_800n * SECOND],
  [' 7d ', 604_800n * SECOND],
  ['1 day', 86_400n * SECOND],
  ['2h 30m', 9_000n * SECOND],
  ['2h30min', 9_000n * SECOND],
  ['1d1h', 90_000n * SECOND],
  ['1.5h', 5_400n * SECOND],
  ['0.000000001s', 1n],
  ['1M', 2_630_016n * SECOND],
  ['1m', 60n * SECOND],
  ['1y', 31_557_600n * SECOND],
  ['1500ms', 1_500_000_000n],
  ['90us', 90_000n],
  ['90µs', 90_000n],
  ['0', 0n],
  ['0s', 0n],
  ['18446744073709551615s', 18_446_744_073_709_551_615n * SECOND],
])('%j is a duration (CP-LITE-040)', (text, nanoseconds) => {
  expect(parseDuration(text)).toBe(nanoseconds)
})

test.each([
  '',
  ' ',
  '7',
  '1.5',
  '1.d',
  '.5d',
  '-1d',
  '+1d',
  '1e3s',
  'd',
  '1fortnight',
  '1D',
  '1 h m',
  'infinite',
  '1d,',
  '0.5ns',
  '18446744073709551616s',
])('%j is none', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})

test('spans add up, in any order and however far they stand apart', () => {
  const spans = fc.array(fc.tuple(fc.nat(10_000), fc.constantFrom('s', 'min', 'hours', 'd', 'weeks')), {
    minLength: 1,
    maxLength: 6,
  })
  const sizes: Readonly<Record<string, bigint>> = {
    s: 1n,
    min: 60n,
    hours: 3600n,
    d: 86_400n,
    weeks: 604_800n,
  }
  fc.assert(
    fc.property(spans, fc.constantFrom('', ' ', '  '), (parts, gap) => {
      const text = parts.map(([count, unit]) => `${count}${gap}${unit}`).join(gap)
      const sum = parts.reduce((total, [count, unit]) => total + BigInt(count) * (sizes[unit] ?? 0n), 0n)
      expect(parseDuration(text)).toBe(sum * SECOND)
    }),
  )
})
