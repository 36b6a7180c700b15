import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkHistory } from './check-history.ts'
import { generated } from './testing/generated-history.ts'
import { isLinearizable } from './wing-gong.ts'

describe('the pins agree with the search', () => {
  test('on valid and corrupted histories of up to seven operations', () => {
    let valid = 0
    let violated = 0
    fc.assert(
      fc.property(generated, (candidate) => {
        const judgement = checkHistory(candidate)
        const searched = isLinearizable(candidate)
        searched ? valid++ : violated++
        expect(
          judgement.verdict === 'violated',
          JSON.stringify(judgement, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
        ).toBe(!searched)
      }),
      { numRuns: 20_000 },
    )
    expect(valid).toBeGreaterThan(500)
    expect(violated).toBeGreaterThan(500)
  })
})
