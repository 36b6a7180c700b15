import { describe, expect, test } from 'vitest'
import { createRandom } from '../../kit/random.ts'
import type { ComparisonOutcome } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { normal } from '../workload/choices.ts'
import { compareLaunches } from './compare-launches.ts'
import type { Arena } from './gate.ts'
import type { Side } from './play-rounds.ts'
import { fakeResult } from './testing/fake-arena.ts'

interface World {
  /** The server in question; 1.1 is slowed by 10 %. */
  readonly slow: number
  /** By how much launches of one server differ, and rounds of one launch, as deviations. */
  readonly launch: number
  readonly round: number
}

const METRICS = ['append-rate', 'server-cpu', 'catch-up-rate'] as const
type Factors = Readonly<Record<(typeof METRICS)[number], number>>

const template = fakeResult(1)

/** A round by its rates alone: they are as much subject to chance as quantiles, and cost nothing to make. */
const resultOf = (factors: Factors): LoadResult => ({
  ...template,
  latencies: {},
  series: [],
  target: { label: 'a server', cpuSeconds: factors['server-cpu'] },
  appends: { ...template.appends, acked: 10_000 / factors['append-rate'] },
  catchUp: {
    seconds: 1,
    records: 1,
    bytes: 1e6 / factors['catch-up-rate'],
    perSecond: { records: 1, bytes: 1 },
  },
})

/** Each metric goes its own way, from launch to launch and from round to round. */
function arenaOf({ slow, launch, round }: World, seed: number): Arena {
  const random = createRandom(seed * 7919 + 1)
  const factors = (around: (metric: keyof Factors) => number, spread: number): Factors => {
    const one = (metric: keyof Factors): number => around(metric) * Math.exp(spread * normal(random))
    return {
      'append-rate': one('append-rate'),
      'server-cpu': one('server-cpu'),
      'catch-up-rate': one('catch-up-rate'),
    }
  }
  return {
    open({ base, head }, use) {
      const player = (server: Side) => {
        const launched = factors(() => (server === 'head' ? slow : 1), launch)
        return () => Promise.resolve(resultOf(factors((metric) => launched[metric], round)))
      }
      return use({ base: player(base), head: player(head) })
    },
  }
}

async function gate(world: World, seed: number): Promise<ComparisonOutcome> {
  const { outcome } = await compareLaunches(arenaOf(world, seed), {
    minEffect: 0.05,
    seed,
    required: undefined,
    allowSuspect: false,
    rounds: { least: 10, most: 40 },
    interrupted: new AbortController().signal,
    onRound() {},
    about: { tool: '', started: '', workload: {}, summary: '' },
    labels: { base: '', head: '' },
  })
  return outcome
}

/** The part of so many gates that end like this. */
async function part(outcome: ComparisonOutcome, gates: number, world: World): Promise<number> {
  let count = 0
  for (let seed = 0; seed < gates; seed++) if ((await gate(world, seed)) === outcome) count += 1
  return count / gates
}

describe('where launches of one server differ', () => {
  test('by 5 %, fewer than 1 in 100 gates accuse of nothing', async () => {
    expect(await part('regression', 300, { slow: 1, launch: 0.05, round: 0.01 })).toBeLessThan(0.01)
  })

  test.each([[0.02], [0.05]])('by %f, most find a server that is 10 %% slower', async (launch) => {
    expect(await part('regression', 60, { slow: 1.1, launch, round: 0.02 })).toBeGreaterThan(0.8)
  })

  test('by 2 %, as rounds do, most can tell that nothing has regressed', async () => {
    expect(await part('no-regression', 60, { slow: 1, launch: 0.02, round: 0.02 })).toBeGreaterThan(0.8)
  })
})
