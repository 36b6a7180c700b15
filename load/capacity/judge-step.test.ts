import { describe, expect, test } from 'vitest'
import type { LoadResult } from '../../reports/load/result.ts'
import { latencyOf, sample, skewed } from '../../reports/load/testing/sample.ts'
import { judgeStep } from './judge-step.ts'
import { describeObjective, parseObjectives } from './objective.ts'

/** A run without blame, whose p99 is 8.991 ms. */
const good: LoadResult = {
  ...sample,
  verdict: 'VALID',
  reasons: [],
  reasonsOf: [],
  integrity: { ...sample.integrity, verdict: 'verified', violations: {}, first: [], notes: [] },
  appends: {
    ...sample.appends,
    progress: { due: 1195, acked: 1195 },
    refused: 0,
    unknown: 0,
    endings: {},
  },
}

/** So many of the appends that were due. */
const acked = (count: number): Partial<LoadResult> => ({
  appends: { ...good.appends, progress: { due: 1195, acked: count } },
})

const judged = (result: LoadResult, slo = 'response-p99 < 20ms', allowSuspect = false) =>
  judgeStep({ perSecond: 100, objectives: parseObjectives(slo), allowSuspect }, result)

describe('a step', () => {
  test.each<[string, Partial<LoadResult>, string, string]>([
    ['holds', {}, 'holds', 'response-p99 8.991 ms'],
    ['lost records', { integrity: sample.integrity }, 'violated', 'records were lost'],
    ['was interrupted', { interrupted: true }, 'inconclusive', 'interrupted'],
    [
      'was not read',
      { integrity: { ...good.integrity, verdict: 'incomplete' } },
      'inconclusive',
      'not everything could be read',
    ],
    [
      'is doubtful and holds all the same',
      { verdict: 'SUSPECT', reasons: ['it was late'] },
      'holds',
      '8.991 ms',
    ],
    ['is worth nothing', { verdict: 'INVALID', reasons: ['it was late'] }, 'inconclusive', 'it was late'],
    [
      'was refused in part, by the target',
      { verdict: 'SUSPECT', reasons: ['x'], appends: { ...good.appends, refused: 3 } },
      'fails',
      '3 appends failed',
    ],
    [
      'was beyond the target',
      {
        verdict: 'SUSPECT',
        reasons: ['x'],
        ...acked(956),
      },
      'fails',
      '956 of 1,195 appends that were due were acknowledged',
    ],
    [
      'seems beyond the target, and the generator was late',
      {
        verdict: 'SUSPECT',
        reasons: ['both'],
        ...acked(956),
        latencies: { ...good.latencies, lag: latencyOf(skewed(10_000, 20_000)) },
      },
      'inconclusive',
      'both',
    ],
  ])('that %s', (_what, change, verdict, why) => {
    expect(judged({ ...good, ...change })).toMatchObject({ verdict, why: expect.stringContaining(why) })
  })

  test('fails by the objective that does not hold, and says its value', () => {
    expect(judged(good, 'response-p50 < 9ms, response-p99 < 5ms')).toMatchObject({
      verdict: 'fails',
      why: 'response-p99 8.991 ms',
      values: { 'response-p50': 3525, 'response-p99': 8991 },
    })
    expect(judged(good, 'response-p99 < 8.991ms').verdict).toBe('fails')
  })

  test('of which more than 1 % failed fails, whatever else is doubtful about it', () => {
    const appends = { ...good.appends, refused: 1200, untimed: 1100 }
    const doubtful: LoadResult = {
      ...good,
      appends,
      verdict: 'INVALID',
      reasons: ['it was late', 'others'],
      reasonsOf: ['generator', 'others'],
      latencies: { ...good.latencies, lag: latencyOf(skewed(10_000, 20_000)) },
    }
    expect(judged(doubtful)).toMatchObject({ verdict: 'fails', why: '1,200 appends failed' })
    const { lag } = good.latencies
    const none: LoadResult = { ...doubtful, latencies: { ...(lag !== undefined && { lag }) } }
    expect(judged(none)).toMatchObject({ verdict: 'fails', why: '1,200 appends failed' })
    const few: LoadResult = { ...doubtful, appends: { ...appends, untimed: 101 } }
    expect(judged(few).verdict).toBe('inconclusive')
  })

  test('is short of the plan where the run says so of itself, and nowhere else', () => {
    const doubtful = { verdict: 'SUSPECT', reasons: ['x'], reasonsOf: ['target'] } as const
    // Fewer a second than planned: acks follow their appends, and what was due is there.
    const slow = { perSecond: { ...good.appends.perSecond, appends: 80 } }
    expect(judged({ ...good, appends: { ...good.appends, ...slow } }).verdict).toBe('holds')
    expect(judged({ ...good, ...acked(1184) }).verdict).toBe('holds')
    expect(judged({ ...good, ...acked(1183), ...doubtful }).verdict).toBe('fails')
  })

  test('is excused by a lateness that the run itself calls one, and by no other', () => {
    const short = (lagUs: number): LoadResult => ({
      ...good,
      ...acked(956),
      verdict: 'SUSPECT',
      reasons: ['x'],
      latencies: { ...good.latencies, lag: latencyOf(Array.from({ length: 10_000 }, () => lagUs)) },
    })
    // By 1 % and 0.2 ms may a p50 of 3.5 ms be wrong, and an append is late twice.
    expect(judged(short(110)).verdict).toBe('fails')
    expect(judged(short(130)).verdict).toBe('inconclusive')
    // Nor does it excuse answers that are later than that.
    expect(judged(short(130), 'response-p99 < 5ms')).toMatchObject({
      verdict: 'fails',
      why: 'response-p99 8.991 ms',
    })
  })

  test('that is doubtful fails where it is further off than the generator was late, and is not clear else', () => {
    const late = (lagUs: number): LoadResult => ({
      ...good,
      verdict: 'SUSPECT',
      reasons: ['it was late'],
      latencies: { ...good.latencies, lag: latencyOf(Array.from({ length: 1000 }, () => lagUs)) },
    })
    // 8.991 ms are 3.991 ms too much.
    expect(judged(late(1900), 'response-p99 < 5ms').verdict).toBe('fails')
    expect(judged(late(2100), 'response-p99 < 5ms')).toMatchObject({
      verdict: 'inconclusive',
      why: 'response-p99 8.991 ms, and it was late',
    })
  })

  test('is as late as those of the generator that may lie beyond what it is about', () => {
    const lag = latencyOf([
      ...Array.from({ length: 9980 }, () => 10),
      ...Array.from({ length: 20 }, () => 9000),
    ])
    const doubtful: LoadResult = {
      ...good,
      verdict: 'SUSPECT',
      reasons: ['it was late'],
      latencies: { ...good.latencies, lag },
    }
    const { 'p99.9': measured = 0 } = good.latencies.response?.quantiles ?? {}
    const below = (byUs: number): string => `response-p99.9 < ${(measured - byUs) / 1000}ms`
    expect(judged(doubtful, below(17_000)).verdict).toBe('inconclusive')
    expect(judged(doubtful, below(19_000)).verdict).toBe('fails')
    expect(judged(doubtful, 'response-p99 < 8.9ms').verdict).toBe('fails')
  })

  describe('of which others used the machine', () => {
    const shared: Partial<LoadResult> = {
      verdict: 'SUSPECT',
      reasons: ['the target is beyond its capacity', 'the machine was busy 99 % of the time'],
      reasonsOf: ['target', 'others'],
    }
    const why = 'and the machine was busy 99 % of the time'
    const broken = 'response-p99 < 5ms'

    test.each<[string, Partial<LoadResult>, string]>([
      ['is too slow', {}, broken],
      ['is short of the plan', acked(956), 'response-p99 < 20ms'],
      ['was refused in part', { appends: { ...good.appends, refused: 3 } }, 'response-p99 < 20ms'],
    ])(
      'and that %s is not clear, however punctual the generator, unless that is allowed',
      (_what, change, slo) => {
        const result = { ...good, ...shared, ...change }
        expect(judged(result, slo)).toMatchObject({
          verdict: 'inconclusive',
          why: expect.stringContaining(why),
        })
        expect(judged(result, slo, true).verdict).toBe('fails')
        const ours = { ...result, reasonsOf: ['target', 'generator'] as const }
        expect(judged(ours, slo).verdict).toBe('fails')
      },
    )

    test('holds what it holds all the same', () => {
      expect(judged({ ...good, ...shared }).verdict).toBe('holds')
    })
  })

  test('is not clear where there are too few values', () => {
    expect(judged(good, 'response-p99.99 < 1s')).toMatchObject({
      verdict: 'inconclusive',
      why: 'response-p99.99 < 1000 ms: too few values to tell',
    })
  })
})

test.each([
  ['response-p99<20ms', 'response-p99 < 20.0 ms'],
  ['check-tail-p50 < 500ms', 'check-tail-p50 < 500.0 ms'],
  ['e2e-max < 1s', 'e2e-max < 1000 ms'],
  ['service-p99.9 < 0.5s', 'service-p99.9 < 500.0 ms'],
])('the objective %s', (text, shown) => {
  expect(parseObjectives(text).map(describeObjective)).toEqual([shown])
})

test.each([
  ['p99 < 20ms', '--slo: "p99 < 20ms" is no objective such as "response-p99 < 20ms"'],
  ['response-p98 < 20ms', 'there are response, service, lag, e2e, check-tail'],
  ['response-p99 > 20ms', 'is no objective'],
  ['response-p99 < fast', '--slo: "fast" is no time'],
  ['response-p99 < 0ms', 'leaves no time at all'],
])('%s is none', (text, why) => {
  expect(() => parseObjectives(text)).toThrow(why)
})
