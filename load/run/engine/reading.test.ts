import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BOARD_BYTES, type Board } from '../../measure/board.ts'
import type { Reader, ReaderParts } from '../../transport/reader.ts'
import { TransportError } from '../../transport/transport-error.ts'
import { parseWorkload } from '../../workload/parse.ts'
import { createReading, type Reading } from './reading.ts'
import { createWiring } from './wiring.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const STALL_MS = 10_000

type Open = (parts: Parts, turn: number) => ReturnType<Reader['open']>
type Parts = Pick<ReaderParts, 'onBytes' | 'onEnd'>

/** One reader of each kind over a transport that is opened like this; `turn` counts from 1. */
const readingOver = (open: Open): Reading => watchedReadingOver(open).reading

function watchedReadingOver(open: Open): { readonly reading: Reading; readonly board: Board } {
  const workload = parseWorkload({ readers: 1, 'catch-up': 1 }, 'reading')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: 1, epochUs: 0, memory }
  let turn = 0
  const wiring = {
    ...createWiring(task),
    createReader: (_stream: number, _reads: unknown, parts: Parts): Reader => ({
      open: () => open(parts, ++turn),
      close() {},
    }),
  }
  return { reading: createReading({ task, wiring, isMeasured: () => true }), board: wiring.board }
}

test.each([
  [
    'is refused again and again',
    () => Promise.reject(new TransportError('refused', 'answered with 503')),
    'nothing came for 10 s, and 5 records were missing: answered with 503',
  ],
  ['has no answer', () => new Promise<void>(() => {}), 'nothing came for 10 s, and 5 records were missing'],
])('one that is to catch up and %s is given up, with the reason', async (_what, open, trouble) => {
  const reading = readingOver(open)
  const done = reading.catchUp([5])
  await vi.advanceTimersByTimeAsync(STALL_MS)
  await done
  expect(reading.reports()).toMatchObject([
    { next: 0, trouble: undefined },
    { next: 0, trouble },
  ])
})

test('where nobody knows the end of a stream its readers are given up at once, with the reason', async () => {
  const opened: number[] = []
  const reading = readingOver(async (_parts, turn) => void opened.push(turn))
  await reading.open()
  const gone = [{ why: 'the target was gone' }]
  await reading.readTo(gone)
  expect(await reading.catchUp(gone)).toBe(0)
  // Nothing is asked of who is gone.
  expect(opened).toEqual([1])
  const trouble = 'the target was gone'
  expect(reading.reports()).toMatchObject([{ trouble }, { trouble }])
})

test('one that is cut goes on at once, then after a while, and each end of a session is told with its reason', async () => {
  const turns: Parts[] = []
  const reading = readingOver((parts, turn) => {
    turns[turn] = parts
    return turn === 3 ? Promise.reject(new TransportError('refused', 'answered with 503')) : Promise.resolve()
  })
  await reading.open()
  turns[1]?.onBytes(7)
  turns[1]?.onEnd('cut')
  await vi.advanceTimersByTimeAsync(0)
  expect(turns).toHaveLength(3)
  // It has brought no record, whatever else came.
  turns[2]?.onBytes(7)
  turns[2]?.onEnd('cut')
  await vi.advanceTimersByTimeAsync(99)
  expect(turns).toHaveLength(3)
  await vi.advanceTimersByTimeAsync(1)
  expect(turns).toHaveLength(4)
  expect(reading.reports()).toMatchObject([{ endings: { cut: 2 } }])
})

test('an outage is one end of a session, however often it is tried to read again', async () => {
  const turns: Parts[] = []
  const { reading, board } = watchedReadingOver((parts, turn) => {
    turns[turn] = parts
    const isOut = turn > 1 && turn <= 21
    return isOut ? Promise.reject(new TransportError('unreachable', 'nobody is there')) : Promise.resolve()
  })
  await reading.open()
  turns[1]?.onEnd('cut')
  await vi.advanceTimersByTimeAsync(2000)
  expect(turns).toHaveLength(23)
  expect(reading.reports()).toMatchObject([{ trouble: undefined, endings: { cut: 1 } }])
  turns[22]?.onEnd('cut again')
  expect(reading.reports()).toMatchObject([{ endings: { cut: 1, 'cut again': 1 } }])
  expect(board.get('readersCut')).toBe(2)
})

test('one that is to catch up and finds nobody at first is told as one end, with the first reason', async () => {
  const { reading, board } = watchedReadingOver((_parts, turn) =>
    turn > 3 ? Promise.resolve() : Promise.reject(new TransportError('refused', `answer ${turn}`)),
  )
  const done = reading.catchUp([5])
  await vi.advanceTimersByTimeAsync(STALL_MS)
  await done
  expect(reading.reports()[1]).toMatchObject({ endings: { 'answer 1': 1 } })
  expect(board.get('readersCut')).toBe(1)
})

test('one that is cut off again and again before it has a record is given up', async () => {
  let turns = 0
  const reading = readingOver(async (parts, turn) => {
    turns = turn
    setTimeout(() => {
      parts.onBytes(7)
      parts.onEnd('cut')
    })
  })
  await reading.open()
  await vi.advanceTimersByTimeAsync(120_000)
  const [{ trouble } = { trouble: undefined }] = reading.reports()
  expect(trouble).toBe('cut')
  expect(turns).toBeLessThan(400)
})

test('one at the tail that has no answer keeps the load from beginning', async () => {
  const open = expect(readingOver(() => new Promise(() => {})).open()).rejects.toThrow(
    'a reader had no answer for 10 s',
  )
  await vi.advanceTimersByTimeAsync(STALL_MS)
  await open
})
