import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../kit/random.ts'
import type { Interval } from '../../reports/load/result.ts'
import { merge, valueAt } from '../measure/counts.ts'
import { decodeCounts } from '../measure/decode-counts.ts'
import { encodeCounts } from '../measure/latency.ts'
import { placeOf } from '../measure/layout.ts'
import { RECORDER_BYTES, Recorder } from '../measure/recorder.ts'
import { comparePools, draw, LEAST_BLOCKS } from './compare-pools.ts'
import { boundedBy } from './interval.ts'
import { poolRounds } from './pool.ts'
import { poolSeries } from './pool-series.ts'
import { addRounds, type Round } from './round.ts'
import { beyondStudent, studentT } from './student.ts'
import { makeRounds, seeded } from './testing/synthetic.ts'

const latencies = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 3_600_000_000 })),
  {
    minLength: 1,
    maxLength: 60,
  },
)

function roundOfLatencies(values: readonly number[]): Round {
  const recorder = new Recorder(new ArrayBuffer(RECORDER_BYTES))
  for (const value of values) recorder.record(value)
  return { latencies: { response: recorder.snapshot() }, rates: {} }
}

const responseOf = ({ latencies: { response } }: Round) => {
  if (response === undefined) throw new Error('a round without responses')
  return response
}

describe('rounds together', () => {
  test('tell an end-to-end quantile of as many values as they have batches', () => {
    const { latencies: all } = roundOfLatencies(Array.from({ length: 5000 }, (_none, index) => index))
    const e2e = responseOf({ latencies: all, rates: {} })
    const told = (round: Round): readonly string[] =>
      poolRounds([round, addRounds([round])]).metrics.map(({ name }) => name)
    expect(told({ latencies: { e2e }, rates: {}, batches: 50 })).toEqual(['e2e-p50', 'e2e-p90'])
    expect(told({ latencies: { e2e }, rates: {} })).toContain('e2e-p99.9')
  })

  test('have the quantiles of all their latencies, each round as often as it is drawn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(latencies, fc.nat(3)), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0.001, max: 0.9999, noNaN: true }),
        (drawn, quantile) => {
          fc.pre(drawn.some(([, times]) => times > 0))
          const rounds = drawn.map(([values]) => roundOfLatencies(values))
          const repeated = drawn.flatMap(([, times], at) => Array.from({ length: times }, () => rounds[at]))
          const merged = merge(repeated.flatMap((round) => (round === undefined ? [] : responseOf(round))))
          const metric = {
            name: 'response-p50',
            unit: 'µs',
            better: 'smaller',
            kind: 'quantile',
            latency: 'response',
          } as const
          const [value] = poolRounds(rounds).measure(
            [{ ...metric, quantile }],
            drawn.map(([, times]) => times),
          )
          expect(placeOf(value ?? -1)).toBe(placeOf(valueAt(merged, quantile) ?? -1))
        },
      ),
    )
  })

  test('have the rate of all their amounts over all their seconds', () => {
    const rounds = [
      { latencies: {}, rates: { 'append-rate': { amount: 100, per: 1 } } },
      { latencies: {}, rates: { 'append-rate': { amount: 100, per: 3 } } },
    ]
    const pool = poolRounds(rounds)
    expect(pool.metrics.map(({ name }) => name)).toEqual(['append-rate'])
    expect(pool.measure(pool.metrics, [1, 1])).toEqual([50])
    expect(pool.measure(pool.metrics, [3, 1])).toEqual([400 / 6])
  })

  test('tell no quantile that only a few values lie beyond, and none that a round lacks', () => {
    const few = makeRounds({ rounds: 4, spread: 0, random: seeded(1), samples: 100 })
    expect(poolRounds(few).metrics.map(({ name }) => name)).toEqual([
      'append-rate',
      'response-p50',
      'response-p90',
    ])
    const [first, ...others] = few
    expect(poolRounds([...others, { latencies: {}, rates: first?.rates ?? {} }]).metrics.length).toBe(1)
    expect(poolRounds([]).metrics).toEqual([])
  })
})

test('a histogram that was written is read with every count in its place', () => {
  fc.assert(
    fc.property(latencies, (values) => {
      const counts = responseOf(roundOfLatencies(values))
      const read = decodeCounts(encodeCounts(counts))
      expect(read.counts).toEqual(counts.counts)
      expect(read.count).toBe(counts.count)
      expect([placeOf(read.least), placeOf(read.greatest)]).toEqual([
        placeOf(counts.least),
        placeOf(counts.greatest),
      ])
    }),
    { numRuns: 30 },
  )
})

describe('a series', () => {
  const second = (at: number, p50: number) => ({
    at: at + 1,
    appends: 100 + at,
    bytes: 1,
    records: 1,
    read: 1,
    response: { p50, p99: 2 * p50, greatest: 3 * p50 },
  })

  test('is cut into stretches, and told by their means', () => {
    const pool = poolSeries(Array.from({ length: 45 }, (_, at) => second(at, at < 2 ? 100 : 200)))
    expect(pool.size).toBe(22)
    expect(pool.metrics.map(({ name }) => name)).toEqual(['append-rate', 'response-p50', 'response-p99'])
    const onlyTheFirst = Array.from({ length: 22 }, (_, at) => (at === 0 ? 5 : 0))
    expect(pool.measure(pool.metrics, onlyTheFirst)).toEqual([100.5, 100, 200])
  })

  const valuesOf = (...series: readonly Interval[]) => {
    const pool = poolSeries(series)
    const ones = Array.from({ length: pool.size }, () => 1)
    const names = pool.metrics.map(({ name }) => name)
    return { size: pool.size, names, values: pool.measure(pool.metrics, ones) }
  }
  const ten = Array.from({ length: 10 }, (_, at) => second(at, 100))

  test.each([
    ['in which nothing ended', { appends: 0, response: undefined }],
    ['in which all ended that was late', { appends: 2000, response: { p50: 900, p99: 900, greatest: 900 } }],
  ])('counts no shred of a second at the end as one, %s', (_what, change) => {
    const { response, ...rest } = { ...second(10, 100), at: 10.05, ...change }
    const shred = { ...rest, ...(response !== undefined && { response }) }
    expect(valuesOf(...ten, shred)).toEqual(valuesOf(...ten))
  })

  test('counts the larger part of a second as that part', () => {
    const part = { ...second(10, 300), at: 10.6, appends: 60 }
    const { size, values } = valuesOf(...ten, part)
    expect(size).toBe(11)
    // From 100 to 109 appends in each of ten seconds, and 36 in six tenths.
    expect(values[0]).toBeCloseTo((1045 + 36) / 10.6, 9)
    expect(values[1]).toBeCloseTo((10 * 100 + 0.6 * 300) / 10.6, 9)
  })

  test('without a second has nothing to tell', () => {
    expect(poolSeries([])).toMatchObject({ size: 0, metrics: [] })
  })
})

describe('resampling', () => {
  test('draws as many blocks as there are, all alike', () => {
    const random = createRandom(5)
    const sums = [0, 0, 0, 0]
    for (let round = 0; round < 4000; round++) {
      const weights = draw(4, random)
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(4)
      for (const [at, weight] of weights.entries()) sums[at] = (sums[at] ?? 0) + weight
    }
    for (const sum of sums) expect(Math.abs(sum - 4000)).toBeLessThan(250)
  })

  test('is the same for the same seed', () => {
    const rounds = makeRounds({ rounds: 6, spread: 0.02, random: seeded(3) })
    const again = (seed: number) =>
      comparePools(poolRounds(rounds), poolRounds(rounds.toReversed()), { paired: false, seed })
    expect(again(1)).toEqual(again(1))
    expect(again(1)).not.toEqual(again(2))
  })

  test('of too few blocks says nothing', () => {
    const few = poolRounds(makeRounds({ rounds: LEAST_BLOCKS - 1, spread: 0, random: seeded(1) }))
    const enough = poolRounds(makeRounds({ rounds: LEAST_BLOCKS, spread: 0, random: seeded(1) }))
    expect(comparePools(few, enough, { paired: false, seed: 1 })).toEqual([])
    expect(comparePools(enough, enough, { paired: true, seed: 1 })).not.toEqual([])
  })

  test('of pairs is not misled by what befalls both of a pair', () => {
    const random = seeded(11)
    const pairs = Array.from({ length: 8 }, () => {
      const weather = Math.exp(0.3 * (random() - 0.5))
      const one = (slow: number) => makeRounds({ rounds: 1, slow: slow * weather, spread: 0, random })
      return { base: one(1), head: one(1.1) }
    })
    const base = poolRounds(pairs.flatMap((pair) => pair.base))
    const head = poolRounds(pairs.flatMap((pair) => pair.head))
    const widthOf = (paired: boolean): number => {
      const [change] = comparePools(base, head, { paired, seed: 1 }).filter(
        ({ metric }) => metric.name === 'append-rate',
      )
      return change === undefined ? Number.NaN : change.change.high - change.change.low
    }
    expect(widthOf(true)).toBeLessThan(widthOf(false) / 10)
  })

  test('bounds what was measured, the more widely the fewer blocks there were', () => {
    const above0 = fc.double({ noNaN: true, min: 1e-3, max: 1e6 })
    fc.assert(
      fc.property(
        above0,
        fc.array(above0, { minLength: 2 }),
        fc.integer({ min: 4, max: 100 }),
        (value, resampled, blocks) => {
          const { low, high } = boundedBy(value, resampled, blocks)
          expect(low).toBeLessThanOrEqual(value)
          expect(high).toBeGreaterThanOrEqual(value)
          const fewer = boundedBy(value, resampled, blocks - 1)
          expect(fewer.high).toBeGreaterThanOrEqual(high)
        },
      ),
    )
  })
})

test("Student's t is that of the tables", () => {
  for (const [degrees, table] of [
    [3, 3.182],
    [4, 2.776],
    [7, 2.365],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ] as const)
    expect(Math.abs(studentT(degrees) - table)).toBeLessThan(0.004)
})

test.each([
  [1, 6.314, 0.05],
  [2, 4.303, 0.025],
  [3, 10.215, 0.001],
  [4, 2.776, 0.025],
  [5, 6.869, 0.0005],
  [10, 1.372, 0.1],
  [31, 2.04, 0.025],
])("of Student's t of %i degrees what exceeds %f is that of the tables", (degrees, t, part) => {
  expect(beyondStudent(t, degrees) / part).toBeCloseTo(1, 2)
})

test.each([[4], [8]])('an interval from %i pairs holds the truth about as often as it says', (rounds) => {
  let held = 0
  const runs = 60
  for (let seed = 0; seed < runs; seed++) {
    const random = seeded(seed)
    const side = (slow: number) => poolRounds(makeRounds({ rounds, slow, spread: 0.05, random, samples: 1 }))
    const [change] = comparePools(side(1), side(1.2), { paired: true, seed })
    if (change?.metric.name !== 'append-rate') throw new Error('no rate')
    if (change.change.low <= 1 / 1.2 - 1 && change.change.high >= 1 / 1.2 - 1) held += 1
  }
  expect(held / runs).toBeGreaterThan(0.88)
})
