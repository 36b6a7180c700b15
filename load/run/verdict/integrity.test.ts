import { expect, test } from 'vitest'
import { BOARD_BYTES, Board } from '../../measure/board.ts'
import { RunLog } from '../../verify/run-log.ts'
import type { ReaderReport, WriterReport } from '../engine/messages.ts'
import { judgeIntegrity } from './integrity.ts'

/** Two batches of ten: the first was acknowledged, of the second nobody knows. */
function writer(): WriterReport {
  const acked = new RunLog()
  acked.add(0, 10, 0)
  const wrongAcks = { count: 0, first: undefined }
  return {
    stream: 0,
    writer: 1,
    sent: 20,
    acked: acked.bytes(),
    refused: new Uint8Array(),
    wrongAcks,
    endings: {},
  }
}

/** Who has read so many of them, from this place of the stream on. */
function reader(count: number, isTail: boolean, from = 0): ReaderReport {
  const seen = new RunLog()
  seen.add(0, count, from)
  return {
    ...{ stream: 0, isTail, next: from + count, trouble: undefined, endings: {} },
    ...{ seen: [{ writer: 1, runs: seen.bytes() }], violations: [], violationCounts: {} },
  }
}

/** A reader at the tail had read so many when all appends had ended, and the stream ends there. */
const judged = (readSoFar: number, tail: number) =>
  judgeIntegrity(
    {
      writers: [writer()],
      readers: [reader(Math.max(readSoFar, tail), true), reader(tail, false)],
      readSoFar: [{ stream: 0, next: readSoFar }],
      tails: [tail],
      end: new Board(new SharedArrayBuffer(BOARD_BYTES)).snapshot(),
    },
    ['s'],
  )

test.each([
  ['is gone', 10, 10],
  ['is there', 20, 20],
  ['came only after the last look', 10, 20],
])('of which nobody knows may be what %s', (_what, readSoFar, tail) => {
  expect(judged(readSoFar, tail)).toMatchObject({ verdict: 'verified', violations: {} })
})

test('what somebody has read may not be gone, though nobody was told that it was appended', () => {
  expect(judged(20, 10)).toMatchObject({
    verdict: 'violated',
    violations: { 'lost-append': 1 },
    first: [
      { anomaly: 'lost-append', seqNum: 10, what: 'records up to 19 were read, and the stream ends at 10' },
    ],
  })
})

test.each([
  ['what was refused', 10, 0, 15, { phantom: 1 }],
  ['another place than was told', 20, 1, 5, { 'wrong-ack': 1, 'lost-append': 1 }],
  ['the beginning of all', 10, 0, 5, {}],
])('a reader that was given up may have read %s', (_what, refusedFrom, from, count, violations) => {
  const refused = new RunLog()
  refused.add(refusedFrom, 10, 0)
  const found = judgeIntegrity(
    {
      writers: [{ ...writer(), refused: refused.bytes() }],
      readers: [{ ...reader(count, true, from), trouble: 'nothing came for 10 s' }],
      readSoFar: [],
      tails: [20],
      end: new Board(new SharedArrayBuffer(BOARD_BYTES)).snapshot(),
    },
    ['s'],
  )
  expect(found.violations).toEqual(violations)
  expect(found.verdict).toBe(Object.keys(violations).length > 0 ? 'violated' : 'incomplete')
})

test('what lies beyond an end that nobody knows is not lost', () => {
  const trouble = 'the target was gone'
  const found = judgeIntegrity(
    {
      writers: [writer()],
      readers: [{ ...reader(5, true), trouble }],
      readSoFar: [{ stream: 0, next: 5 }],
      tails: [{ why: trouble }],
      end: new Board(new SharedArrayBuffer(BOARD_BYTES)).snapshot(),
    },
    ['s'],
  )
  expect(found).toMatchObject({
    verdict: 'incomplete',
    violations: {},
    notes: [
      'the ends of 1 of 1 streams could not be asked for: the target was gone',
      '1 of 1 streams were not read to their ends',
    ],
  })
})
