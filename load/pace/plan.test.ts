import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPlan, expectedWithin, plannedWithin } from './plan.ts'

const rate = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), perSecond: fc.integer({ min: 1, max: 100_000 }) }),
  fc.record({ kind: fc.constant('poisson' as const), perSecond: fc.integer({ min: 500, max: 5000 }) }),
  fc.record({
    kind: fc.constant('ramp' as const),
    from: fc.integer({ min: 0, max: 1000 }),
    to: fc.integer({ min: 1, max: 1000 }),
    seconds: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({
    kind: fc.constant('burst' as const),
    size: fc.integer({ min: 1, max: 100 }),
    everySeconds: fc.integer({ min: 1, max: 5 }),
  }),
)

describe('a plan', () => {
  test('never goes back, and begins as many as its rate says', () => {
    fc.assert(
      fc.property(rate, fc.integer({ min: 1, max: 10 }), (given, seconds) => {
        const plan = createPlan(given, 7)
        let before = 0
        for (let index = 0; index < 1000; index++) {
          const at = plan.at(index)
          expect(at).toBeGreaterThanOrEqual(before)
          before = at
        }
        const expected = expectedWithin(given, seconds)
        // Independent users come in numbers that scatter by their root.
        const slack = given.kind === 'poisson' ? 6 * Math.sqrt(expected) : given.kind === 'burst' ? 0 : 1.001
        expect(Math.abs(plannedWithin(given, 7, seconds) - expected)).toBeLessThanOrEqual(slack)
      }),
      { numRuns: 60 },
    )
  })

  test('has its times by index alone, however late it is asked', () => {
    const plan = createPlan({ kind: 'constant', perSecond: 4 }, 1)
    expect([0, 1, 2, 400].map((index) => plan.at(index))).toEqual([0, 250_000, 500_000, 100_000_000])
  })

  test('has gaps at random that are those of a Poisson process', () => {
    const plan = createPlan({ kind: 'poisson', perSecond: 1000 }, 3)
    const times = Array.from({ length: 20_000 }, (_, index) => plan.at(index))
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const beyond = gaps.filter((gap) => gap > 2 * mean).length / gaps.length
    expect(mean).toBeGreaterThan(970)
    expect(mean).toBeLessThan(1030)
    // A gap of twice the mean or more has the probability e^-2.
    expect(Math.abs(beyond - Math.exp(-2))).toBeLessThan(0.01)
    expect(times).toEqual(times.map((_, index) => createPlanAt(index)))
  })

  test.each([
    [{ kind: 'constant', perSecond: 0 }],
    [{ kind: 'constant', perSecond: Number.NaN }],
    [{ kind: 'ramp', from: 0, to: 0, seconds: 1 }],
    [{ kind: 'burst', size: 1, everySeconds: 0 }],
  ] as const)('that begins nothing is refused: %j', (given) => {
    expect(() => createPlan(given, 1)).toThrow(RangeError)
  })
})

/** The same seed gives the same plan. */
const again = createPlan({ kind: 'poisson', perSecond: 1000 }, 3)
const createPlanAt = (index: number): number => again.at(index)
