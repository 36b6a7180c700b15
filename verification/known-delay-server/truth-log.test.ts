import { expect, test } from 'vitest'
import { Cursor } from '../../load/transport/cursor.ts'
import { FrameSplitter } from '../../load/transport/frame-splitter.ts'
import { scanAck } from '../../load/transport/scan.ts'
import { AckFrames } from './ack-frames.ts'
import { readTruthLog, TruthLog } from './truth-log.ts'

test('a log comes through its bytes, also beyond the rows that it began with', () => {
  const log = new TruthLog(2)
  const rows = [1, 2, 3].map((at) => log.arrived(at * 10, at * 10 + 1, at * 10 + 5))
  log.written(rows[2] ?? 0, 36)
  log.written(rows[0] ?? 0, 17)
  expect(log.rows).toBe(3)
  expect(readTruthLog(log.bytes())).toEqual([
    { lookedUs: 10, arrivedUs: 11, dueUs: 15, writtenUs: 17 },
    { lookedUs: 20, arrivedUs: 21, dueUs: 25, writtenUs: Number.NaN },
    { lookedUs: 30, arrivedUs: 31, dueUs: 35, writtenUs: 36 },
  ])
})

test('acks that leave together are those of one record each, in order', () => {
  const acks = new AckFrames()
  const seen: (readonly number[])[] = []
  const splitter = new FrameSplitter((flags, bytes, begin, end) => {
    const ack = { start: -1, end: -1 }
    scanAck(new Cursor(bytes.subarray(begin, end)), ack)
    seen.push([flags, ack.start, ack.end])
  })
  for (const together of [1, 3, 200]) {
    for (let index = 0; index < together; index++) acks.add()
    splitter.push(acks.take())
  }
  expect(acks.written).toBe(204)
  expect(seen).toEqual(Array.from({ length: 204 }, (_none, index) => [0, index, index + 1]))
})
