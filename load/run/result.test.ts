import { expect, test } from 'vitest'
import { BOARD_BYTES, Board } from '../measure/board.ts'
import { parseWorkload } from '../workload/parse.ts'
import type { Load } from './coordinator.ts'
import type { ReaderReport } from './messages.ts'
import { resultOf } from './result.ts'
import { HEALTHY } from './testing/evidence.ts'

const ABOUT = {
  tool: 's2-load',
  started: '2026-11-25T08:00:00.000Z',
  label: 'here',
  server: undefined,
  interrupted: false,
  summary: 'a load',
}

const workload = parseWorkload({ warmup: 0, pacing: 'timer' }, 'here')

const reader: ReaderReport = {
  stream: 0,
  next: 0,
  trouble: undefined,
  endings: {},
  seen: [],
  violations: [],
  violationCounts: {},
}

/** Ten seconds of a hundred appends that nothing speaks against, read by these. */
function loadOf(...readers: readonly ReaderReport[]): Load {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  const first = { at: 0, numbers: board.snapshot() }
  for (let append = 0; append < 1000; append++) {
    board.timed.lag.record(20)
    board.timed.response.record(5000)
    board.add('begun', 1)
    board.add('acked', 1)
  }
  const end = board.snapshot()
  return {
    measured: { first, last: { at: 10, numbers: end } },
    ...{ series: [], end, startedMs: 0, startUs: 0, fromUs: 0, untilUs: 10e6 },
    ...{ writers: [], readers, tails: [0], faults: [], gaps: [], traces: [], windows: [] },
    ...{
      catchUpSeconds: 0,
      health: [{ ...HEALTHY, stoodStillUs: 0 }],
      catchUpHealth: [],
      proxyHealth: undefined,
    },
    machine: { busy: 0.2, own: 0.1 },
  }
}

const judged = (...readers: readonly ReaderReport[]) => resultOf(loadOf(...readers), workload, ['s'], ABOUT)

test('a load whose readers came to the end is valid', () => {
  expect(judged(reader, reader)).toMatchObject({ verdict: 'VALID', integrity: { verdict: 'verified' } })
})

test('a reader that was given up is a reason to doubt, though another has read it all: what it missed is in no time', () => {
  const stuck = { ...reader, trouble: 'nothing came for 10 s, and 400 records were missing' }
  expect(judged(stuck, reader)).toMatchObject({
    verdict: 'SUSPECT',
    reasons: [expect.stringContaining('1 of 2 readers did not come to the end')],
    reasonsOf: ['target'],
    integrity: { verdict: 'verified' },
  })
})
