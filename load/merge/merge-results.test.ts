import { describe, expect, test } from 'vitest'
import { decodeHistogram } from '../../reports/load/histogram.ts'
import { parseLoadResult } from '../../reports/load/parse.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { latencyOf, sample, skewed } from '../../reports/load/testing/sample.ts'
import { summaryOf } from '../../reports/load/words.ts'
import { mergeResults } from './merge-results.ts'

/** As the sample's, of another machine whose thread was so busy. */
const generatorOf = (busy: number): LoadResult['generator'] => ({
  ...sample.generator,
  threads: sample.generator.threads.map((thread) => ({ ...thread, busy })),
})

/** A run without blame, beside the sample. */
const other: LoadResult = {
  ...sample,
  generator: generatorOf(0.21),
  started: '2026-11-25T08:00:01.000Z',
  machines: [{ cpus: 4, model: 'Another', memoryBytes: 1, platform: 'Linux', node: '24.21.0' }],
  verdict: 'VALID',
  reasons: [],
  reasonsOf: [],
  integrity: { ...sample.integrity, verdict: 'verified', violations: {}, first: [], notes: [] },
  latencies: { response: latencyOf(skewed(3000, 20_000)) },
  series: sample.series.slice(0, 8),
}

/** One more. */
const third: LoadResult = { ...other, started: '2026-11-25T08:00:00.500Z', generator: generatorOf(0.22) }

const merged = (...results: readonly LoadResult[]): LoadResult =>
  mergeResults(results.map((result, index) => ({ name: `${index + 1}.json`, result })))

const countsIn = (result: LoadResult): readonly number[] => {
  const histogram = decodeHistogram(result.latencies.response?.histogram ?? '')
  return Array.from({ length: histogram.countsArrayLength }, (_none, place) =>
    histogram.getCountAtIndex(place),
  )
}

describe('results of several machines', () => {
  const both = merged(sample, other)

  test('make one that is read like any other', () => {
    expect(parseLoadResult(JSON.stringify(both))).toEqual(both)
    expect(both.machines.map(({ cpus }) => cpus)).toEqual([2, 4])
    expect(both.started).toBe(sample.started)
  })

  test('have their histograms added without loss, and quantiles of the sum', () => {
    const [one, two] = [countsIn(sample), countsIn(other)]
    expect(countsIn(both)).toEqual(one.map((count, place) => count + (two[place] ?? 0)))
    const whole = latencyOf([...skewed(10_000, 4000), ...skewed(3000, 20_000)])
    expect(both.latencies.response).toMatchObject({
      count: 13_000,
      least: whole.least,
      greatest: whole.greatest,
      quantiles: whole.quantiles,
    })
    expect(both.latencies.response?.mean).toBeCloseTo(whole.mean, 6)
    // Of ten thousand batches, whatever records they have.
    const { 'p99.99': _untold, ...quantiles } = sample.latencies.e2e?.quantiles ?? {}
    expect(both.latencies.e2e).toEqual({ ...sample.latencies.e2e, quantiles })
  })

  test('have counts and rates added, and the series second by second', () => {
    expect(both.appends).toMatchObject({
      acked: 2000,
      plannedPerSecond: 200,
      progress: { due: 2390, acked: 2384 },
      refused: 4,
      untimed: 2,
      endings: { '429 rate_limited': 4, 'the connection was closed': 2 },
    })
    expect(both.appends.perSecond.records).toBeCloseTo(1999.6)
    expect(both.tail?.records).toBe(19_980)
    expect(both.readEndings).toEqual({ 'the read session was cut': 4 })
    const rates = ({ series }: LoadResult): readonly (number | undefined)[] =>
      [0, 9].map((at) => series[at]?.appends)
    const [first = 0, last = 0] = rates(sample)
    expect(rates(both)).toEqual([first * 2, last])
    expect(both.series).toHaveLength(10)
    expect(both.generator.threads).toHaveLength(2)
    expect(both.generator.catchUpThreads).toHaveLength(2)
  })

  test('are no faster in catching up together than all of it in the longest time', () => {
    const caughtUp = (seconds: number): LoadResult => ({
      ...other,
      generator: generatorOf(seconds / 20),
      catchUp: {
        seconds,
        records: 1000,
        bytes: 5000,
        perSecond: { records: 1000 / seconds, bytes: 5000 / seconds },
      },
    })
    expect(merged(caughtUp(1), caughtUp(10)).catchUp).toEqual({
      seconds: 10,
      records: 2000,
      bytes: 10_000,
      perSecond: { records: 200, bytes: 1000 },
    })
  })

  test('have the faults of each, and the windows of the one that waited longest', () => {
    expect(both.faults).toEqual([...(sample.faults ?? []), ...(other.faults ?? [])])
    const { windows } = sample.generator
    if (windows === undefined) throw new Error('the sample has windows')
    const blocked = { ...windows.blocked, byStreamMs: 900 }
    const waited = { ...other, generator: { ...other.generator, windows: { ...windows, blocked } } }
    for (const parts of [
      [sample, waited],
      [waited, sample],
    ])
      expect(merged(...parts).generator.windows?.blocked).toEqual(blocked)
  })

  test('have the worst of both verdicts, and say whose it is', () => {
    expect(both.verdict).toBe('SUSPECT')
    expect(both.reasons[0]).toMatch(/^1\.json: the generator began/)
    expect(both.reasonsOf).toEqual(['generator', 'target'])
    const { reasonsOf: _unknown, ...older } = sample
    expect(merged(other, older).reasonsOf).toBeUndefined()
    expect(both.integrity).toMatchObject({
      verdict: 'violated',
      violations: { gap: 1, duplicate: 2 },
      recordsRead: 19_980,
    })
    expect(merged({ ...other, verdict: 'INVALID' }, sample).verdict).toBe('INVALID')
    const incomplete = { ...other.integrity, verdict: 'incomplete' as const }
    expect(merged(other, { ...third, integrity: incomplete }).integrity.verdict).toBe('incomplete')
    expect(merged(other, third).verdict).toBe('VALID')
  })

  test('are refused where they did not begin together, or doubtful where that is what is wanted', () => {
    const apart = [other, { ...third, started: '2026-11-25T08:00:31.000Z' }]
    const why = '2.json began 30.0 s after 1.json: rates of loads that were not made together do not add up'
    expect(() => merged(...apart)).toThrow(`${why}; --any-start adds them up all the same`)
    const all = mergeResults(
      apart.map((result, index) => ({ name: `${index + 1}.json`, result })),
      true,
    )
    expect(all.verdict).toBe('SUSPECT')
    expect(all.reasons).toEqual([why])
    expect(all.reasonsOf).toEqual(['generator'])
  })

  test('are refused where they were to begin at different moments, however close they began', () => {
    const agreed = { ...other, startAt: '2026-11-25T08:00:01.000Z' }
    const { startAt: _none, ...atOnce } = third
    expect(() => merged(agreed, third)).toThrow(
      '1.json was to begin at 2026-11-25T08:00:01.000Z and 2.json was to begin at 2026-11-25T08:00:00.000Z',
    )
    expect(() => merged(agreed, atOnce)).toThrow('and 2.json was to begin at once')
    expect(merged(other, third).startAt).toBe(other.startAt)
    expect(summaryOf(merged(other, third))).toContain('begun at 2026-11-25T08:00:00.000Z')
  })

  test('can be merged again', () => {
    const inTwoSteps = merged(both, third)
    expect(inTwoSteps.latencies.response?.count).toBe(16_000)
    expect(summaryOf(inTwoSteps)).toBe(
      `${sample.summary}; begun at ${sample.startAt} as was agreed; on 3 machines`,
    )
  })
})

test.each([
  [[sample], 'merge takes two results or more'],
  [
    [sample, { ...other, workload: { ...sample.workload, seconds: 20 } }],
    '1.json and 2.json are of different workloads: seconds is 10 in one and 20 in the other',
  ],
  [
    [sample, { ...other, workload: { ...sample.workload, streams: 2, appends: { writers: 1 } } }],
    '1.json and 2.json are of different workloads: streams is 1 in one and 2 in the other',
  ],
  [
    [sample, other, structuredClone(sample)],
    '1.json and 3.json are the same result, which would count twice',
  ],
  [[merged(sample, other), sample], '1.json and 2.json have a run in common, which would count twice'],
  [[other, merged(sample, other)], '1.json and 2.json have a run in common, which would count twice'],
  [
    [merged(sample, other), merged(other, third)],
    '1.json and 2.json have a run in common, which would count twice',
  ],
])('what cannot be added is refused: %#', (results, sentence) => {
  expect(() => merged(...results)).toThrow(sentence)
})
