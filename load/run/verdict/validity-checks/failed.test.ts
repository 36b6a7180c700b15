import { describe, expect, test } from 'vitest'
import { parseWorkload } from '../../../workload/parse.ts'
import { counts, fault, GOOD } from '../../testing/evidence.ts'
import type { Evidence } from '../evidence.ts'
import { judgeRun } from '../judge-run.ts'

const judged = (change: Partial<Evidence>) => judgeRun({ ...GOOD, ...change })

const beside: Partial<Evidence> = {
  ...fault({ firedAt: 1.001, recoveredAt: 1.2 }),
  workload: parseWorkload({ pacing: 'timer', faults: 'cut at 1s' }, 'here'),
}

describe('a run of no use', () => {
  test.each<[string, Partial<Evidence>, string]>([
    [
      'all was refused',
      { response: counts(0, 0), acked: 0, refused: 1000, untimed: 1000 },
      'no append was acknowledged in the measured time',
    ],
    [
      'all stayed without an answer',
      { acked: 0, unfinished: 1000 },
      'no append was acknowledged in the measured time',
    ],
    [
      'more than one of a hundred failed',
      { response: counts(989, 5000), refused: 8, unknown: 3, untimed: 11 },
      '8 refused and 3 indeterminate appends, 1.1 % of all: the target was not under the load that was planned',
    ],
    [
      'more than one of a hundred failed beside a fault',
      { ...beside, response: counts(900, 5000), refused: 11, untimed: 100 },
      '11 refused and 0 indeterminate appends while no fault lasted, 1.1 % of all: the target',
    ],
  ])('is one of which %s', (_what, change, why) => {
    expect(judged(change)).toMatchObject({
      verdict: 'INVALID',
      reasonsOf: expect.arrayContaining(['target']),
    })
    expect(judged(change).reasons.join('\n')).toContain(why)
  })
})

test.each<[string, Partial<Evidence>]>([
  ['one of a hundred', { response: counts(990, 5000), refused: 10, untimed: 10 }],
  ['many, and all in the warm-up,', { refused: 500 }],
  [
    'few beside a fault, and many while it lasted,',
    { ...beside, response: counts(900, 5000), refused: 3, untimed: 100 },
  ],
])('a run of which %s failed is doubtful and no more', (_what, change) => {
  expect(judged(change)).toMatchObject({ verdict: 'SUSPECT', reasonsOf: ['target'] })
})

test('a target is beyond its capacity by what it neither acknowledged nor refused', () => {
  const short = (refused: number): string =>
    judged({ progress: { due: 1000, acked: 900 }, refused }).reasons.join()
  expect(short(100)).not.toContain('beyond its capacity')
  expect(short(80)).toContain('beyond its capacity')
})
