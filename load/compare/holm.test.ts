import { describe, expect, test } from 'vitest'
import type { ComparedMetric } from '../../reports/load/comparison.ts'
import { normal } from '../workload/choices.ts'
import { judgeFinished } from './compare-results.ts'
import { METRICS } from './metric.ts'
import type { Pool } from './pool.ts'
import { seeded } from './testing/synthetic.ts'

const SLOWED = 'response-p99'

/** So many runs of one server, each metric of which goes its own way from run to run. One of them is slower. */
function runsOf(size: number, slow: number, spread: number, random: () => number): Pool {
  const values = new Map(
    METRICS.map(({ name }) => [
      name,
      Array.from({ length: size }, () => (name === SLOWED ? slow : 1) * Math.exp(spread * normal(random))),
    ]),
  )
  return {
    size,
    metrics: METRICS,
    measure: (metrics, weights) =>
      metrics.map(
        ({ name }) =>
          (values.get(name) ?? []).reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) / size,
      ),
  }
}

interface Given {
  readonly runs: number
  readonly slow: number
  readonly spread: number
}

function compared(seed: number, { runs, slow, spread }: Given): readonly ComparedMetric[] {
  const random = seeded(seed)
  const pools = { base: runsOf(runs, 1, spread, random), head: runsOf(runs, slow, spread, random) }
  return judgeFinished(pools, { minEffect: 0.05, required: ['append-rate'], seed }, false)
}

/** The part of so many comparisons that accuse. */
function accusing(comparisons: number, given: Given): number {
  const accused = Array.from({ length: comparisons }, (_, seed) => compared(seed, given)).filter((metrics) =>
    metrics.some(({ decision }) => decision === 'regressed'),
  )
  return accused.length / comparisons
}

describe('of comparisons of finished runs', () => {
  test.each([[4], [6]])('with %i a side few accuse of nothing, whatever the number of metrics', (runs) => {
    expect(accusing(300, { runs, slow: 1, spread: 0.05 })).toBeLessThan(0.025)
  })

  test('most accuse a server of which one tail alone is 10 % slower', () => {
    expect(accusing(100, { runs: 6, slow: 1.1, spread: 0.02 })).toBeGreaterThan(0.8)
  })
})
