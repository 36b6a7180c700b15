import { describe, expect, test } from 'vitest'
import { MAX_U64 } from '../../../proto/limits.ts'
import type { Retention } from '../resources/config.ts'
import { armsDeleteOnEmpty, deletionDue, type EmptyStream } from './delete-on-empty.ts'

const GRACE = 600_000n
const made = 1_700_000_000_000n
const infinite: Retention = { infinite: true }

/** An empty stream that was made at `made` and never written, unless it is said. */
const due = (
  config: { minAge: bigint; retention?: Retention },
  given: Partial<Omit<EmptyStream, 'config'>> = {},
): bigint | undefined =>
  deletionDue(
    {
      config: { deleteOnEmptyMinAge: config.minAge, retention: config.retention ?? infinite },
      armed: { at: made, tail: 0n },
      tail: 0n,
      emptySince: made,
      ...given,
    },
    GRACE,
  )

describe('an empty stream is deleted (CP-CFG-083, CP-CFG-084)', () => {
  test('never where it is switched off', () => {
    expect(due({ minAge: 0n })).toBeUndefined()
  })

  test('after its minimum age and the grace, from when it was made', () => {
    expect(due({ minAge: 20n })).toBe(made + 20_000n + GRACE)
  })

  test('not before it could have been written and have expired', () => {
    expect(due({ minAge: 20n, retention: { age: 604_800n } })).toBe(made + 604_800_000n + 20_000n + GRACE)
  })

  test('from when it became empty, where it was written', () => {
    const emptySince = made + 5000n
    expect(due({ minAge: 20n }, { tail: 3n, emptySince })).toBe(emptySince + 20_000n + GRACE)
    // What its records were given has run out, so the retention of its making counts no more.
    const week: Retention = { age: 604_800n }
    expect(due({ minAge: 20n, retention: week }, { tail: 3n, emptySince })).toBe(emptySince + 20_000n + GRACE)
  })

  test('from when deletion was switched on, where it was empty before', () => {
    const armed = { at: made + 1_000_000n, tail: 3n }
    const given = { tail: 3n, emptySince: made, armed }
    expect(due({ minAge: 20n }, given)).toBe(armed.at + 20_000n + GRACE)
    expect(due({ minAge: 20n, retention: { age: 60n } }, given)).toBe(armed.at + 80_000n + GRACE)
    expect(due({ minAge: 20n }, { ...given, tail: 4n })).toBe(armed.at + 20_000n + GRACE)
  })

  test('from when it became empty, where its records outlived the age of now', () => {
    const emptySince = made + 9_000_000n
    const armed = { at: made, tail: 3n }
    expect(due({ minAge: 20n, retention: { age: 1n } }, { tail: 3n, emptySince, armed })).toBe(
      emptySince + 20_000n + GRACE,
    )
  })

  test('by the minimum age of now: raised is later, lowered is earlier (CP-CFG-086)', () => {
    expect(due({ minAge: 86_400n })).toBe(made + 86_400_000n + GRACE)
    expect(due({ minAge: 1n })).toBe(made + 1000n + GRACE)
  })

  test('at no time there is, where the ages are long', () => {
    expect(due({ minAge: MAX_U64, retention: { age: MAX_U64 } })).toBeGreaterThan(MAX_U64)
  })
})

test.each([
  [0n, 0n, false],
  [0n, 5n, true],
  [5n, 0n, false],
  [5n, 5n, false],
  [5n, 9n, false],
])('a minimum age of %d that becomes %d arms anew: %s', (before, after, arms) => {
  expect(armsDeleteOnEmpty({ deleteOnEmptyMinAge: before }, { deleteOnEmptyMinAge: after })).toBe(arms)
})
