import { expect, test } from 'vitest'
import { commonGaps, GapLog, gapsIn } from './gap-log.ts'

const MS = 1000

test('a gap is what lies between two acks and is longer than a few milliseconds', () => {
  const log = new GapLog()
  log.start(100 * MS)
  for (const at of [101, 104, 109, 115, 500, 501]) log.see(at * MS)
  expect(gapsIn(log.cells(502 * MS))).toEqual([
    { fromUs: 109 * MS, toUs: 115 * MS },
    { fromUs: 115 * MS, toUs: 500 * MS },
  ])
  // Whoever waits still has a gap too.
  expect(gapsIn(log.cells(900 * MS)).at(-1)).toEqual({ fromUs: 501 * MS, toUs: 900 * MS })
})

test('any number of them is kept', () => {
  const log = new GapLog()
  log.start(0)
  for (let at = 1; at <= 1000; at++) log.see(at * 10 * MS)
  expect(gapsIn(log.cells(10_000 * MS))).toHaveLength(1000)
})

const gap = (from: number, to: number) => ({ fromUs: from * MS, toUs: to * MS })

test('of several threads it is one where none of them had an ack', () => {
  expect(
    commonGaps([[gap(0, 100), gap(200, 300), gap(400, 500)], [gap(50, 250), gap(297, 410)], [gap(0, 1000)]]),
  ).toEqual([gap(50, 100), gap(200, 250), gap(400, 410)])
  expect(commonGaps([[gap(0, 100)], []])).toEqual([])
  expect(commonGaps([[gap(1, 90)]])).toEqual([gap(1, 90)])
})
