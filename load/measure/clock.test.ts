import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offsetBetween } from './clock.ts'

test('a thread that loses its processor between two looks keeps the common time', () => {
  // What each look at a clock takes; once in a while the processor is away for long.
  const cost = fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 100_000 }))
  fc.assert(
    fc.property(fc.array(cost, { minLength: 300, maxLength: 300 }), (costs) => {
      let time = 5_000_000
      const pass = (): number => (time += costs.pop() ?? 1)
      const offset = offsetBetween({ common: pass, own: () => pass() - 1_234_567 })
      expect(Math.abs(offset - 1_234_567)).toBeLessThanOrEqual(1)
    }),
  )
})
