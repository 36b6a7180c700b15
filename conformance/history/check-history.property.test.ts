import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { generated } from './testing/generated-history.ts'
import { isLinearizable } from './wing-gong.ts'

describe('the pins agree with the search', () => {
  test('on valid and corrupted histories of up to seven operations', () => {
    fc.assert(
      fc.property(generated, (candidate) => {
        const judgement = checkHistory(candidate)
        const searched = isLinearizable(candidate)
        expect(
          judgement.verdict === 'violated',
          JSON.stringify(judgement, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
        ).toBe(!searched)
      }),
      { numRuns: 20_000 },
    )
  })

  test('on histories of which many are valid and many are not, with a fixed seed', () => {
    const outcomes = fc.sample(generated, { numRuns: 5000, seed: 1 }).map(isLinearizable)
    expect(outcomes.filter((valid) => valid).length).toBeGreaterThan(200)
    expect(outcomes.filter((valid) => !valid).length).toBeGreaterThan(200)
  })
})
