import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BOARD_BYTES } from '../measure/board.ts'
import type { Reader, ReaderParts } from '../transport/reader.ts'
import { TransportError } from '../transport/transport-error.ts'
import { parseWorkload } from '../workload/parse.ts'
import { createReading, type Reading } from './reading.ts'
import { createWiring } from './wiring.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const STALL_MS = 10_000

type Parts = Pick<ReaderParts, 'onBytes' | 'onEnd'>

/** One reader of each kind over a transport that is opened like this; `turn` counts from 1. */
function readingOver(open: (parts: Parts, turn: number) => ReturnType<Reader['open']>): Reading {
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
  return createReading({ task, wiring, isMeasured: () => true })
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

test('one that is cut goes on at once, then after a while, and each end is told with its reason', async () => {
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
  expect(reading.reports()).toMatchObject([{ endings: { cut: 2, 'answered with 503': 1 } }])
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
