import { describe, expect, test } from 'vitest'
import { type Counts, RECORDER_BYTES, Recorder } from '../measure/recorder.ts'
import { parseWorkload } from '../workload/parse.ts'
import { type Evidence, judgeRun } from './judge-run.ts'

function counts(amount: number, microseconds: number): Counts {
  const recorder = new Recorder(new SharedArrayBuffer(RECORDER_BYTES))
  for (let index = 0; index < amount; index++) recorder.record(microseconds)
  return recorder.snapshot()
}

const HEALTHY = {
  busy: 0.2,
  loopDelayP99Us: 100,
  loopDelayMostUs: 500,
  collections: 3,
  collectedUs: 900,
  longestCollectionUs: 400,
}

const GOOD: Evidence = {
  workload: parseWorkload({ pacing: 'timer' }, 'here'),
  response: counts(1000, 5000),
  lag: counts(1000, 20),
  generator: { threads: [HEALTHY], stalled: 0, machineBusy: 0.4 },
  ackedPerSecond: 100,
  plannedPerSecond: 100,
  unfinished: 0,
  unknown: 0,
  refused: 0,
  interrupted: false,
  faults: [],
}

const thread = (change: object): Partial<Evidence> => ({
  generator: { ...GOOD.generator, threads: [HEALTHY, { ...HEALTHY, ...change }] },
})

const fault = (change: object): Partial<Evidence> => ({
  faults: [
    {
      what: 'cut at 1s',
      kind: 'cut',
      plannedAt: 1,
      met: 'nobody was there',
      refused: 0,
      unknown: 0,
      longestGapUs: 0,
      ...change,
    },
  ],
})

describe('a run', () => {
  test('whose generator kept to its plan is valid', () => {
    expect(judgeRun(GOOD)).toEqual({ verdict: 'VALID', reasons: [] })
  })

  test.each<[string, Partial<Evidence>, 'SUSPECT' | 'INVALID', string]>([
    ['nothing ended', { response: counts(0, 0) }, 'INVALID', 'no append ended'],
    ['few ended', { response: counts(99, 5000) }, 'SUSPECT', '99 appends are few'],
    ['the generator was late', { lag: counts(1000, 1100) }, 'SUSPECT', '1.1 ms or more behind the plan'],
    ['the generator was as late as what it measured', { lag: counts(1000, 4000) }, 'INVALID', '4.0 ms'],
    ['a thread had no time left', thread({ busy: 0.95 }), 'SUSPECT', 'busy 95 %'],
    ['garbage was collected all the time', thread({ collectedUs: 900_000 }), 'SUSPECT', 'garbage 8 %'],
    ['a thread stood still', thread({ loopDelayMostUs: 80_000 }), 'SUSPECT', 'stood still for 80.0 ms'],
    [
      'the window was too small',
      { generator: { ...GOOD.generator, stalled: 0.2 } },
      'SUSPECT',
      'HTTP/2 window 20 %',
    ],
    ['the target lagged', { ackedPerSecond: 90 }, 'SUSPECT', 'beyond its capacity'],
    ['some did not end', { unfinished: 2 }, 'SUSPECT', '2 appends had not ended'],
    ['some were refused', { refused: 3 }, 'SUSPECT', '3 appends were refused'],
    ['a fault did not come', fault({}), 'INVALID', '"cut at 1s" did not happen: nobody was there'],
    [
      'a fault came late',
      fault({ firedAt: 1.3, recoveredAt: 1.4 }),
      'SUSPECT',
      '"cut at 1s" came 0.30 s late',
    ],
    [
      'nothing recovered from a fault',
      fault({ firedAt: 1 }),
      'SUSPECT',
      'had not recovered from "cut at 1s"',
    ],
    ['it was cut short', { interrupted: true }, 'SUSPECT', 'interrupted'],
  ])('is not where %s', (_what, change, verdict, reason) => {
    const judged = judgeRun({ ...GOOD, ...change })
    expect(judged.verdict).toBe(verdict)
    expect(judged.reasons.join('\n')).toContain(reason)
  })

  test('with a fault that came and went is as valid as one without', () => {
    expect(judgeRun({ ...GOOD, ...fault({ firedAt: 1.001, recoveredAt: 1.2 }) }).verdict).toBe('VALID')
  })

  test('may spin while it waits for the next planned moment', () => {
    const spinning = { ...GOOD, ...thread({ busy: 1 }), workload: parseWorkload({ pacing: 'spin' }, 'here') }
    expect(judgeRun(spinning).verdict).toBe('VALID')
  })
})
