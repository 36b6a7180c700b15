import { expect, test } from 'vitest'
import { BOARD_BYTES } from '../measure/board.ts'
import { SECOND_US } from '../measure/clock.ts'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'
import { InFlight } from './in-flight.ts'
import { Lanes } from './lanes.ts'
import { createOpenLoop } from './open-loop.ts'
import { createWiring } from './wiring.ts'

/** The lags of a plan of 1000 a second for a second, whose thread stands still from its beginning to its end. */
function lagsOf(fields: WorkloadFields) {
  let nowUs = 0
  const given = { batch: 1, 'record-size': 64, warmup: 0, pacing: 'spin', rate: 1000, duration: 1, ...fields }
  const workload = parseWorkload(given, 'open')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: 1, epochUs: 0, memory }
  const wiring = { ...createWiring(task), now: () => nowUs }
  const parts = { task, wiring, isMeasured: () => true }
  const lanes = new Lanes({
    ...{ streams: [0], perStream: 1, depth: 1, isPipelined: true, firstWriter: 0 },
    createAppender: () => ({ open: () => Promise.resolve(), append() {}, close() {} }),
    onEnding() {},
  })
  const inFlight = new InFlight(parts, () => [64])
  const loop = createOpenLoop({
    ...parts,
    ...{ rate: { kind: 'constant', perSecond: 1000 }, lanes, inFlight, nextStream: () => 0 },
  })
  loop.start(0, SECOND_US)
  nowUs = SECOND_US
  loop.halt()
  wiring.close()
  return wiring.board.snapshot().timed.lag
}

test('what a generator that stood still gave up is as late as what it began', () => {
  const { count, sum } = lagsOf({})
  expect(count).toBe(1000)
  // From the second on each began, or did not, when the plan was over.
  expect(sum).toBe(Array.from({ length: 999 }, (_, index) => 999_000 - 1000 * index).reduce((a, b) => a + b))
})

test('what had no room was not late by the generator’s fault', () => {
  const { count, greatest } = lagsOf({ 'in-flight': 64 })
  expect(count).toBe(1000)
  expect(greatest).toBe(0)
})
