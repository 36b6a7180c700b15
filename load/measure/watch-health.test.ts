import { createHistogram } from 'node:perf_hooks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeAbove } from './watch-health.ts'

test('the time above a limit is the sum of what reaches it', () => {
  const values = fc.array(fc.integer({ min: 1, max: 2 ** 30 }), { maxLength: 300 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 1000 }), (given, least) => {
      const histogram = createHistogram()
      for (const value of given) histogram.record(value)
      const sum = given.filter((value) => value >= least).reduce((total, value) => total + value, 0)
      expect(Math.abs(timeAbove(histogram, least) - sum)).toBeLessThanOrEqual(sum / 1000)
    }),
  )
})
