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
  integrity: { ...sample.integrity, verdict: 'verified', violations: {}, first: [], notes: [] },
  appends: { ...sample.appends, refused: 0, unknown: 0, endings: {} },
}

const judged = (result: LoadResult, slo = 'response-p99 < 20ms', warmupSeconds = 2) =>
  judgeStep({ perSecond: 100, warmupSeconds }, result, parseObjectives(slo))

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
        appends: { ...good.appends, perSecond: { ...good.appends.perSecond, appends: 80 } },
      },
      'fails',
      '80.0 of 100.0 appends/s were acknowledged',
    ],
    [
      'seems beyond the target, and the generator was late',
      {
        verdict: 'SUSPECT',
        reasons: ['both'],
        appends: { ...good.appends, perSecond: { ...good.appends.perSecond, appends: 80 } },
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

  test('without a warm-up has no acks for as long as the first response takes', () => {
    const acked = (perSecond: number): LoadResult => ({
      ...good,
      latencies: { ...good.latencies, response: latencyOf(skewed(10_000, 50_000)) },
      appends: { ...good.appends, seconds: 2, perSecond: { ...good.appends.perSecond, appends: perSecond } },
    })
    expect(judged(acked(97), 'response-p99 < 1s', 0).verdict).toBe('holds')
    expect(judged(acked(97), 'response-p99 < 1s').verdict).toBe('fails')
    expect(judged(acked(90), 'response-p99 < 1s', 0)).toMatchObject({
      verdict: 'fails',
      why: '90.0 of 100.0 appends/s were acknowledged',
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
  ['service-p99.9 < 0.5', 'service-p99.9 < 500.0 ms'],
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
