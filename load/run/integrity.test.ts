import { expect, test } from 'vitest'
import { BOARD_BYTES, Board } from '../measure/board.ts'
import { RunLog } from '../verify/run-log.ts'
import { judgeIntegrity } from './integrity.ts'
import type { ReaderReport, WriterReport } from './messages.ts'

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

/** Who has read so many of them. */
function reader(count: number, isTail: boolean): ReaderReport {
  const seen = new RunLog()
  seen.add(0, count, 0)
  return {
    ...{ stream: 0, isTail, next: count, trouble: undefined, endings: {} },
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
