import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ComparedMetric } from '../../reports/load/comparison.ts'
import { comparePools, type MetricChange } from './compare-pools.ts'
import { decide, noiseOf } from './decide.ts'
import { judgeMetrics } from './judge-metrics.ts'
import { poolRounds } from './pool.ts'
import { makeRounds, seeded } from './testing/synthetic.ts'

/** In thousandths, as very small ones are lost where 1 is added. */
const part = fc.integer({ min: -900, max: 9000 }).map((each) => each / 1000)
const change = fc.tuple(part, part, part).map((parts) => {
  const [low = 0, value = 0, high = 0] = parts.toSorted((one, other) => one - other)
  return { low, value, high }
})

describe('a change', () => {
  test.each([
    ['wholly beyond the least effect', [0.08, 0.1, 0.12], 0.01, 'regressed'],
    ['of less than that', [0.03, 0.04, 0.05], 0.01, 'no-difference'],
    ['of less than base against itself', [0.08, 0.1, 0.12], 0.11, 'too-noisy'],
    ['that may be none', [-0.01, 0.06, 0.13], 0.01, 'too-noisy'],
    ['of nothing, told narrowly', [-0.02, 0, 0.02], 0.01, 'no-difference'],
    ['of nothing that matters, told widely', [-0.04, 0, 0.04], 0.01, 'no-difference'],
    ['of nothing, told more widely than that', [-0.06, 0, 0.04], 0.01, 'too-noisy'],
    ['of nothing, where base itself is not told narrowly', [-0.02, 0, 0.02], 0.06, 'too-noisy'],
    ['to the better', [-0.12, -0.1, -0.08], 0.01, 'improved'],
  ] as const)('%s', (_what, [low, value, high], noise, decision) => {
    const question = { better: 'smaller', minEffect: 0.05, noise } as const
    expect(decide({ ...question, change: { low, value, high } })).toBe(decision)
  })

  test('of what should be bigger is judged as that of its inverse', () => {
    fc.assert(
      fc.property(change, part.map(Math.abs), ({ low, value, high }, noise) => {
        const inverse = (each: number): number => 1 / (1 + each) - 1
        const same = { minEffect: 0.05, noise }
        const smaller = decide({ ...same, better: 'smaller', change: { low, value, high } })
        const turned = { low: inverse(high), value: inverse(value), high: inverse(low) }
        // At the very edge two roundings may part.
        const sizes = [value, low, high].map((each) => Math.abs(Math.log1p(each)))
        const edges = [Math.log1p(0.05), Math.log1p(noise)]
        const width = Math.log1p(high) - Math.log1p(low)
        fc.pre([...sizes, width].every((size) => edges.every((edge) => Math.abs(size - edge) > 1e-9)))
        expect(decide({ ...same, better: 'bigger', change: turned })).toBe(smaller)
      }),
    )
  })

  test('accuses nobody of less than what matters, than noise, or of what may be nothing', () => {
    fc.assert(
      fc.property(
        change,
        part.map(Math.abs),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (each, noise, minEffect) => {
          const decision = decide({ better: 'smaller', change: each, minEffect, noise })
          if (each.low <= 0 || each.value < minEffect || each.value < noise)
            expect(decision).not.toBe('regressed')
          if (decision === 'no-difference') expect(Math.abs(each.value)).toBeLessThanOrEqual(minEffect * 2)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('of base against itself is noise in either direction', () => {
    expect(noiseOf({ value: 0, low: -0.02, high: 0.03 })).toBeCloseTo(0.03)
    expect(noiseOf({ value: 0, low: -0.5, high: 0.03 })).toBeCloseTo(1)
  })
})

/** A gate of eight rounds a side, on a machine whose rounds differ by this much. */
function gateOf(seed: number, slow: number, spread: number): readonly ComparedMetric[] {
  const random = seeded(seed)
  const compare = (by: number): readonly MetricChange[] => {
    const side = (slowed: number) =>
      poolRounds(makeRounds({ rounds: 8, slow: slowed, spread, random, samples: 1000 }))
    return comparePools(side(1), side(by), { paired: true, seed })
  }
  const criteria = { minEffect: 0.05, required: ['response-p50', 'append-rate'] }
  const [noise, changes] = [compare(1), compare(slow)]
  const first = judgeMetrics({ noise, changes }, criteria)
  return first.some(({ decision }) => decision === 'regressed')
    ? judgeMetrics({ noise, changes, rerun: compare(slow) }, criteria)
    : first
}

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed)

const isRegressed = ({ decision }: ComparedMetric): boolean => decision === 'regressed'

describe('of twenty gates', () => {
  test('at least nineteen catch a server that is 10 % slower', () => {
    const caught = SEEDS.filter((seed) => gateOf(seed, 1.1, 0.01).some(isRegressed))
    expect(caught.length).toBeGreaterThanOrEqual(19)
  })

  test('at least nineteen accuse nobody of nothing, and can tell', () => {
    const gates = SEEDS.map((seed) => gateOf(seed, 1, 0.01))
    expect(gates.filter((gate) => !gate.some(isRegressed)).length).toBeGreaterThanOrEqual(19)
    const told = gates.filter((gate) =>
      gate.every(({ isRequired, decision }) => !isRequired || decision === 'no-difference'),
    )
    expect(told.length).toBeGreaterThanOrEqual(17)
  })

  test('at least nineteen on a noisy machine say that they cannot tell', () => {
    const gates = SEEDS.map((seed) => gateOf(seed, 1, 0.2))
    const open = gates.filter(
      (gate) =>
        !gate.some(isRegressed) &&
        gate.some(({ isRequired, decision }) => isRequired && decision === 'too-noisy'),
    )
    expect(open.length).toBeGreaterThanOrEqual(19)
  })
})

test('a regression that is not seen again is chance, and so is one where noise is not known', () => {
  const metric = poolRounds(makeRounds({ rounds: 4, spread: 0, random: seeded(1) })).metrics.find(
    ({ name }) => name === 'response-p50',
  )
  if (metric === undefined) throw new Error('no such metric')
  const bounds = { value: 2000, low: 1990, high: 2010 }
  const of = (value: number): MetricChange => ({
    metric,
    base: bounds,
    head: bounds,
    change: { value, low: value - 0.01, high: value + 0.01 },
  })
  const judged = (rerun: number): string | undefined =>
    judgeMetrics({ changes: [of(0.2)], rerun: [of(rerun)] }, { minEffect: 0.05, required: [] })[0]?.decision
  expect([judged(0.2), judged(0), judged(-0.2)]).toEqual(['regressed', 'too-noisy', 'too-noisy'])
  const criteria = { minEffect: 0.05, required: [] }
  const [unseen] = judgeMetrics({ changes: [of(0.2)], rerun: [] }, criteria)
  const [unknown] = judgeMetrics({ changes: [of(0.2)], noise: [] }, criteria)
  expect([unseen?.decision, unknown?.decision]).toEqual(['too-noisy', 'too-noisy'])
})
