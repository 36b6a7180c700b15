import { expect, test } from 'vitest'
import { MAX_U64 } from '../../../proto/limits.ts'
import { isPastRetention, keptUntil } from './retention.ts'

const written = 1_700_000_000_000n

test('records are kept for their age, in whole, from when they are written (CP-CFG-080, AUT-015)', () => {
  const until = keptUntil({ age: 2n }, written)
  expect(until).toBe(written + 2000n)
  expect(isPastRetention(until, written)).toBe(false)
  expect(isPastRetention(until, written + 2000n)).toBe(false)
  expect(isPastRetention(until, written + 2001n)).toBe(true)
})

test('infinite retention keeps them for ever', () => {
  expect(keptUntil({ infinite: true }, written)).toBeUndefined()
  expect(isPastRetention(undefined, MAX_U64)).toBe(false)
})

test('an age may be longer than time (CP-CFG-004)', () => {
  expect(isPastRetention(keptUntil({ age: MAX_U64 }, written), MAX_U64)).toBe(false)
})
