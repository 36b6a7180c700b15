import { HistogramLogReader, JsHistogram, listTags } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { BOARD_BYTES, Board } from './board.ts'
import { IntervalLines } from './interval-lines.ts'
import { lowestAt, placeOf } from './layout.ts'

const EPOCH_MS = Date.parse('2026-11-25T08:00:00.250Z')

/** What HdrHistogram's reader makes of a log. */
function read(text: string): readonly JsHistogram[] {
  const reader = new HistogramLogReader(text, 64)
  const all: JsHistogram[] = []
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    if (!(next instanceof JsHistogram)) throw new Error('no histogram of counts')
    all.push(next)
  }
  return all
}

const countsIn = (histogram: JsHistogram): Readonly<Record<number, number>> =>
  Object.fromEntries(
    Array.from({ length: histogram.countsArrayLength }, (_none, place) => [
      lowestAt(place),
      histogram.getCountAtIndex(place),
    ]).filter(([, count]) => count !== 0),
  )

/** By the lowest value of the place in which each is counted. */
const counted = (
  ...counts: readonly (readonly [value: number, count: number])[]
): Readonly<Record<number, number>> =>
  Object.fromEntries(counts.map(([value, count]) => [lowestAt(placeOf(value)), count]))

function log(): string {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  const lines = new IntervalLines(() => EPOCH_MS)
  const { response, e2e } = board.timed
  const at = (seconds: number) => ({ at: seconds, numbers: board.snapshot() })
  response.record(7)
  let text = lines.see(at(2.001))
  for (const value of [1000, 1000, 5000]) response.record(value)
  e2e.record(70_000)
  text += lines.see(at(3.002))
  text += lines.see(at(4))
  response.record(3_600_000_000)
  e2e.record(70_000)
  text += lines.end(at(9.5))
  return text
}

test('HdrHistogram reads back what was counted in each interval, and what was counted before the first look', () => {
  const all = read(log())
  expect(all.map(({ tag }) => tag)).toEqual(['NO TAG', 'e2e', 'NO TAG', 'NO TAG', 'e2e'])
  expect(all.map(countsIn)).toEqual([
    counted([7, 1], [1000, 2], [5000, 1]),
    counted([70_000, 1]),
    {},
    counted([3_600_000_000, 1]),
    counted([70_000, 1]),
  ])
})

test('intervals follow each other from the first look on, on the time of day', () => {
  const main = read(log()).filter(({ tag }) => tag === 'NO TAG')
  const span = main.map(({ startTimeStampMsec, endTimeStampMsec }) =>
    [startTimeStampMsec, endTimeStampMsec].map((ms) => Math.round(ms - EPOCH_MS)),
  )
  expect(span).toEqual([
    [0, 1001],
    [1001, 1999],
    [1999, 7499],
  ])
})

test('an interval has a line of response times though nothing ended in it, and no other', () => {
  const text = log()
  expect(listTags(text)).toEqual(['NO TAG', 'e2e'])
  expect(text.split('\n').filter((line) => /^1\.001,/.test(line))).toHaveLength(1)
  expect(text).toContain('1.001,0.998,0.000,')
})

test('a run that ended within the measured time has no last line', () => {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  const lines = new IntervalLines(() => EPOCH_MS)
  lines.see({ at: 0, numbers: board.snapshot() })
  lines.see({ at: 1, numbers: board.snapshot() })
  expect(lines.end({ at: 2, numbers: board.snapshot() })).toBe('')
})

test('a run that was interrupted before anything counted has no line at all', () => {
  const board = new Board(new SharedArrayBuffer(BOARD_BYTES))
  expect(new IntervalLines(() => EPOCH_MS).end({ at: 2, numbers: board.snapshot() })).toBe('')
})
