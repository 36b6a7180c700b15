import { expect, test } from 'vitest'
import { BOARD_BYTES, Board, COUNTED, type Counted } from '../../measure/board.ts'
import { parseWorkload } from '../../workload/parse.ts'
import type { Load } from '../coordinator/coordinator.ts'
import type { ReaderReport } from '../engine/messages.ts'
import { HEALTHY } from '../testing/evidence.ts'
import { resultOf } from './result.ts'

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
  isTail: true,
  next: 0,
  trouble: undefined,
  endings: {},
  seen: [],
  violations: [],
  violationCounts: {},
}

/** Ten seconds of a hundred appends that nothing speaks against, read by these. */
function loadOf(readers: readonly ReaderReport[], waits: Partial<Record<Counted, number>> = {}): Load {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  for (const name of COUNTED) board.add(name, waits[name] ?? 0)
  const first = { at: 0, numbers: board.snapshot() }
  for (let append = 0; append < 1000; append++) {
    board.timed.lag.record(20)
    board.timed.response.record(5000)
    board.timed.service.record(5000)
    board.add('begun', 1)
    board.add('acked', 1)
  }
  const end = board.snapshot()
  return {
    measured: { first, last: { at: 10, numbers: end } },
    ...{ series: [], end, startedMs: 0, startUs: 0, fromUs: 0, untilUs: 10e6 },
    ...{ writers: [], readers, readSoFar: [], tails: [0], faults: [], gaps: [], traces: [], windows: [] },
    ...{
      catchUpSeconds: 0,
      health: [{ ...HEALTHY, stoodStillUs: 0 }],
      catchUpHealth: [],
      proxyHealth: undefined,
    },
    machine: { busy: 0.2, own: 0.1 },
  }
}

const judged = (...readers: readonly ReaderReport[]) => resultOf(loadOf(readers), workload, ['s'], ABOUT)

const trouble = 'nothing came for 10 s, and 400 records were missing'
const later = { ...reader, isTail: false }

test('a load whose readers came to the end is valid', () => {
  expect(judged(reader, later)).toMatchObject({ verdict: 'VALID', integrity: { verdict: 'verified' } })
})

test.each([
  ['at the tail', [{ ...reader, trouble }, later], 'INVALID', '1 reader at the tail did not come'],
  ['that catches up', [reader, { ...later, trouble }], 'SUSPECT', '1 reader did not come to the end'],
])('a reader %s that was given up is told, though another has read all', (_which, readers, verdict, why) => {
  expect(judged(...readers)).toMatchObject({
    verdict,
    reasons: [expect.stringContaining(why)],
    reasonsOf: ['target'],
    integrity: { verdict: 'verified' },
  })
})

test('what waited in the warm-up is told and not doubted; what waited of that which counts is doubted, whenever that began', () => {
  const all = { waited: 3, heldBack: 2 }
  const beside = (waits: Partial<Record<Counted, number>>) =>
    resultOf(loadOf([reader], { ...all, ...waits }), workload, ['s'], ABOUT)
  expect(beside({})).toMatchObject({ verdict: 'VALID', appends: { waited: { count: 3 }, heldBack: 2 } })
  expect(beside({ waitedMeasured: 1, heldBackMeasured: 1 })).toMatchObject({
    verdict: 'SUSPECT',
    reasons: [
      expect.stringMatching(/^1 appends waited for one before them/),
      expect.stringMatching(/^appends were held back 1 time,/),
    ],
  })
})
