import { describe, expect, test } from 'vitest'
import { parseWorkload } from '../../workload/parse.ts'
import { caughtUp, counts, fault, GOOD, HEALTHY, mixed, near, thread } from '../testing/evidence.ts'
import type { Evidence } from './evidence.ts'
import { judgeRun } from './judge-run.ts'

describe('a run', () => {
  test('whose generator kept to its plan is valid', () => {
    expect(judgeRun(GOOD)).toEqual({ verdict: 'VALID', reasons: [] })
  })

  test('far from what the generator can do is valid', () => {
    expect(judgeRun({ ...GOOD, ...near({ load: 0.8, catchUp: 0.8 }) }).verdict).toBe('VALID')
  })

  test.each<[string, Partial<Evidence>, 'SUSPECT' | 'INVALID', string | RegExp]>([
    ['nothing ended', { response: counts(0, 0), acked: 0 }, 'INVALID', 'no append ended'],
    ['an append has no end', { begun: 1001 }, 'INVALID', '1 appends began and are in no figure'],
    [
      'an append was counted twice',
      { ended: 1001 },
      'INVALID',
      '1 more appends are in the figures than began',
    ],
    ['an append was timed twice', { response: counts(1001, 5000) }, 'INVALID', '1 more appends are in'],
    ['some of the plan never began', { planned: 1003 }, 'INVALID', '3 appends of the plan never began'],
    ['more began than were planned', { planned: 998 }, 'INVALID', '2 appends began that were not planned'],
    ['some that were slow are not in the histogram', { response: counts(997, 5000) }, 'INVALID', '3 appends'],
    ['it took what the generator can do', near({ load: 0.9 }), 'SUSPECT', 'the load took 90 % of what this'],
    ['catching up did', near({ load: 0.1, catchUp: 0.81 }), 'SUSPECT', 'catching up took 81 % of what this'],
    ['few ended', { response: counts(99, 5000), lag: counts(99, 20) }, 'SUSPECT', '99 appends are few'],
    ['the generator was late', { lag: counts(1000, 1100) }, 'SUSPECT', '1.1 ms or more behind the plan'],
    ['the generator was as late as what it measured', { lag: counts(1000, 4000) }, 'INVALID', '4.0 ms'],
    [
      'one append of twenty was late, which p90 does not forgive',
      { lag: mixed([94_900, 20], [5100, 260]), response: counts(100_000, 5000) },
      'SUSPECT',
      '5 % of the appends 0.3 ms or more behind the plan, beside a p90 of 5.0 ms',
    ],
    [
      'some were late, which a stall of the target in the tail does not hide',
      { lag: mixed([93_000, 20], [7000, 3000]), response: mixed([94_000, 2000], [6000, 900_000]) },
      'INVALID',
      '5 % of the appends 3.0 ms or more behind the plan, beside a p90 of 2.0 ms',
    ],
    [
      'a thread waited for its turn',
      thread({ waitedUs: 1_300_000 }),
      'SUSPECT',
      'waited for a processor 13 % of the time: others use this machine',
    ],
    [
      'a thread waited for its turn beside the target',
      { ...thread({ waitedUs: 1_300_000 }), targetBusy: 0.2, ownBusy: 0.15 },
      'SUSPECT',
      /waited for a processor 13 % of the time: it shares this machine with the target$/m,
    ],
    [
      'a thread waited for its turn beside the target and others',
      { ...thread({ waitedUs: 1_300_000 }), targetBusy: 0.2, ownBusy: 0.05 },
      'SUSPECT',
      /13 % of the time: it shares this machine with the target and others$/m,
    ],
    [
      'the host of the machine was busy with others',
      { generator: { ...GOOD.generator, stolen: 0.023 } },
      'SUSPECT',
      'whose host kept 2.3 %',
    ],
    ['a thread had no time left', thread({ busy: 0.95 }), 'SUSPECT', 'busy 95 %'],
    [
      'a thread had no time left while it caught up',
      caughtUp({ busy: 0.95 }),
      'SUSPECT',
      'busy 95 % of the time that readers caught up',
    ],
    [
      'a thread waited for its turn while it caught up',
      caughtUp({ waitedUs: 300_000 }),
      'SUSPECT',
      'waited for a processor 15 % of the time that readers caught up: others use this machine',
    ],
    ['garbage was collected all the time', thread({ collectedUs: 900_000 }), 'SUSPECT', 'garbage 9 %'],
    [
      'a thread stood still',
      thread({ loopDelayMostUs: 130_000 }),
      'SUSPECT',
      'stood still for 130.0 ms in all, 130.0 ms at once',
    ],
    [
      'a thread stood still for so long that the answers of that time make the p99',
      { ...thread({ loopDelayMostUs: 200_000 }), response: mixed([970, 5000], [30, 200_000]) },
      'SUSPECT',
      'stood still for 200.0 ms in all, 200.0 ms at once, beside a p99 of 200.',
    ],
    [
      'a thread stood still again and again',
      thread({ loopDelayMostUs: 40_000, stoodStillUs: 400_000 }),
      'SUSPECT',
      'stood still for 400.0 ms in all, 40.0 ms at once, beside a p99 of 5.0 ms',
    ],
    [
      'the machine was full, and not of the target',
      { generator: { ...GOOD.generator, machineBusy: 0.99 }, targetBusy: 0.75 },
      'SUSPECT',
      'the machine was busy 99 % of the time, 24 % with the load and others',
    ],
    [
      'the machine was full, and of what is not known',
      { generator: { ...GOOD.generator, machineBusy: 0.99 } },
      'SUSPECT',
      'the machine was busy 99 % of the time',
    ],
    ['the window was too small', { stalled: 0.2 }, 'SUSPECT', 'HTTP/2 window 20 %'],
    ['some waited for a connection', { waited: 3 }, 'SUSPECT', '3 appends waited for one before them'],
    [
      'some waited for room of the generator’s own',
      { heldBack: 3, workload: parseWorkload({ 'in-flight': '10KiB' }, 'here') },
      'SUSPECT',
      'held back 3 times, as those before them were the 10,240 bytes that each thread may have in flight',
    ],
    ['the target lagged', { progress: { due: 1000, acked: 989 } }, 'SUSPECT', 'beyond its capacity'],
    ['the target was gone', { gone: 'the target at x was gone' }, 'INVALID', 'the target at x was gone'],
    ['some did not end', { unfinished: 2 }, 'SUSPECT', '2 appends had not ended'],
    [
      'readers were cut',
      { readEndings: { cut: 2, 'answered with 503': 1 }, readersCut: 3 },
      'SUSPECT',
      '3 read sessions ended before they were to: 2 × cut; 1 × answered with 503; end-to-end',
    ],
    [
      'a reader at the tail was given up',
      { readersGivenUp: { tail: 1, catchUp: 0 } },
      'INVALID',
      '1 reader at the tail did not come to the end: what was missed is in no end-to-end time',
    ],
    [
      'two that caught up were given up',
      { readersGivenUp: { tail: 0, catchUp: 2 } },
      'SUSPECT',
      '2 readers did not come to the end of what was to be caught up with',
    ],
    [
      'a reader was cut beside a fault',
      {
        ...fault({ firedAt: 1.001, recoveredAt: 1.2 }),
        ...{ readEndings: { cut: 2, 'answered with 503': 1 }, readersCut: 1 },
      },
      'SUSPECT',
      '1 × answered with 503, 1 of them while no fault lasted; end-to-end',
    ],
    [
      'appends waited for a connection beside a fault',
      { ...fault({ firedAt: 1.001, recoveredAt: 1.2 }), waited: 3 },
      'SUSPECT',
      '3 appends waited for one before them',
    ],
    [
      'data waited for a window beside a fault',
      { ...fault({ firedAt: 1.001, recoveredAt: 1.2 }), stalled: 0.06 },
      'SUSPECT',
      'HTTP/2 window 6 %',
    ],
    [
      'the proxy had no time left',
      { generator: { ...GOOD.generator, proxyThread: { ...HEALTHY, busy: 0.93 } } },
      'SUSPECT',
      "the generator's proxy, through which all bytes went, was busy 93 %",
    ],
    ['some were refused', { refused: 3 }, 'SUSPECT', '3 refused and 0 indeterminate appends'],
    [
      'requests for a tail failed',
      { checkTails: { begun: 50, good: 47, failed: 3 } },
      'SUSPECT',
      '3 of 50 requests for a tail failed',
    ],
    [
      'one of them has no end',
      { checkTails: { begun: 50, good: 49, failed: 0 } },
      'INVALID',
      '1 requests for a tail began',
    ],
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
    expect(judged.reasons.join('\n')).toMatch(reason)
  })

  test('with a fault that came and went is as valid as one without', () => {
    expect(judgeRun({ ...GOOD, ...fault({ firedAt: 1.001, recoveredAt: 1.2 }) }).verdict).toBe('VALID')
  })

  test('says whether its reasons are all of the machine', () => {
    const shared = { generator: { ...GOOD.generator, stolen: 0.5 } }
    expect(judgeRun({ ...GOOD, ...shared })).toMatchObject({ verdict: 'SUSPECT', sharedMachine: true })
    expect(judgeRun({ ...GOOD, ...shared, refused: 1, unknown: 0 }).sharedMachine).toBeUndefined()
  })

  describe('says of each reason whose doing it is:', () => {
    const full = { ...GOOD.generator, machineBusy: 0.99 }
    const starving = { threads: [{ ...HEALTHY, waitedUs: 1_300_000 }] }

    test.each<[string, Partial<Evidence>, readonly string[]]>([
      ['of others', { generator: { ...GOOD.generator, stolen: 0.5 } }, ['others']],
      ['of the target', { refused: 1, unfinished: 1 }, ['target', 'target']],
      ['of the generator', { lag: counts(1000, 1100) }, ['generator']],
      ['of two', { lag: counts(1000, 1100), progress: { due: 1000, acked: 9 } }, ['generator', 'target']],
      ['of a machine that is full of what is not known', { generator: full }, ['others']],
      ['of one that is full of others', { generator: full, targetBusy: 0.3, ownBusy: 0.3 }, ['others']],
      [
        'of one that is full of the load and a target that was launched',
        { generator: { ...full, ...starving }, targetBusy: 0.6, ownBusy: 0.35 },
        ['generator', 'generator'],
      ],
      [
        'of a thread that others keep from its processor',
        { generator: { ...GOOD.generator, ...starving, machineBusy: 0.8 }, targetBusy: 0.2, ownBusy: 0.2 },
        ['others'],
      ],
      [
        'of a load that alone is too much for its machine',
        { generator: { ...full, ...starving }, ownBusy: 0.95 },
        ['generator', 'generator'],
      ],
      ['of readers that others keep from catching up', caughtUp({ waitedUs: 300_000 }), ['generator']],
    ])('%s', (_whose, change, whose) => {
      expect(judgeRun({ ...GOOD, ...change }).reasonsOf).toEqual(whose)
    })
  })

  test('may fill the machine with the target', () => {
    const full = { generator: { ...GOOD.generator, machineBusy: 0.99 }, targetBusy: 0.93 }
    expect(judgeRun({ ...GOOD, ...full }).verdict).toBe('VALID')
  })

  test('may stand still for too short to be seen in what it tells', () => {
    const [short, long] = [thread({ loopDelayMostUs: 40_000 }), thread({ loopDelayMostUs: 240_000 })]
    expect(judgeRun({ ...GOOD, ...short }).verdict).toBe('VALID')
    const minute = parseWorkload({ pacing: 'timer', duration: '60s' }, 'here')
    expect(judgeRun({ ...GOOD, ...long, workload: minute }).verdict).toBe('VALID')
  })

  test('with faults has no times of what failed, and misses none of it', () => {
    const untimed = { ...fault({ firedAt: 1.001, recoveredAt: 1.2 }), response: counts(990, 5000) }
    expect(judgeRun({ ...GOOD, ...untimed, untimed: 10 }).verdict).toBe('VALID')
    expect(judgeRun({ ...GOOD, ...untimed, untimed: 9 }).reasons.join()).toContain('the generator lost them')
    expect(judgeRun({ ...GOOD, ...untimed, untimed: 11 }).reasons.join()).toContain('counted them twice')
  })

  test('with faults may have readers cut', () => {
    const cut = { readEndings: { cut: 2 }, ...fault({ firedAt: 1.001, recoveredAt: 1.2 }) }
    expect(judgeRun({ ...GOOD, ...cut }).verdict).toBe('VALID')
  })

  test('may be starved and busy in a catch-up that is over too soon for a rate', () => {
    const short = { ...caughtUp({ busy: 1, waitedUs: 900_000 }), catchUpSeconds: 0.999 }
    expect(judgeRun({ ...GOOD, ...short }).verdict).toBe('VALID')
  })

  test('is not judged by quantiles that it does not tell', () => {
    const late = { lag: mixed([999, 20], [1, 90_000]), response: counts(1000, 5000) }
    expect(judgeRun({ ...GOOD, ...late }).verdict).toBe('VALID')
  })

  test('may be late by little of what it measures', () => {
    const slow = { lag: counts(100_000, 1500), response: counts(100_000, 300_000) }
    expect(judgeRun({ ...GOOD, ...slow }).verdict).toBe('VALID')
  })

  test('may spin while it waits for the next planned moment', () => {
    const spinning = { ...GOOD, ...thread({ busy: 1 }), workload: parseWorkload({ pacing: 'spin' }, 'here') }
    expect(judgeRun(spinning).verdict).toBe('VALID')
  })
})
