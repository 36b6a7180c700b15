import { expect, test } from 'vitest'
import { BOARD_BYTES, type Numbers } from '../../measure/board.ts'
import { SECOND_US } from '../../measure/clock.ts'
import type { Append } from '../../transport/appender.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { InFlight } from './in-flight.ts'
import { Lanes } from './lanes.ts'
import { createOpenLoop } from './open-loop.ts'
import { createWiring } from './wiring.ts'

interface Played {
  /** Moves the clock on, and lets the pacer see it. */
  moveTo(us: number): Promise<void>
  /** Acknowledges the append that has been under way longest. */
  ack(): void
  see(): Numbers['counted']
}

/** The numbers of a plan of 1000 a second for a second that counts from `fromUs` on; one whose clock nobody moves stands still. */
async function numbersOf(
  fields: WorkloadFields,
  play: (played: Played) => unknown = () => {},
  fromUs = 0,
): Promise<Numbers> {
  let nowUs = 0
  const given = { batch: 1, 'record-size': 64, warmup: 0, pacing: 'spin', rate: 1000, duration: 1, ...fields }
  const workload = parseWorkload(given, 'open')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: 1, epochUs: 0, memory }
  const wiring = { ...createWiring(task), now: () => nowUs }
  const parts = { task, wiring, isMeasured: (us: number) => us >= fromUs }
  const underWay: Append[] = []
  const lanes = new Lanes({
    ...{ streams: [0], perStream: 1, depth: 1, isPipelined: true, firstWriter: 0 },
    createAppender: () => ({
      open: () => Promise.resolve(),
      append: (append) => void underWay.push(append),
      close() {},
    }),
    onEnding() {},
  })
  const inFlight = new InFlight(parts, () => [64])
  const loop = createOpenLoop({
    ...parts,
    ...{ rate: { kind: 'constant', perSecond: 1000 }, lanes, inFlight, nextStream: () => 0 },
  })
  loop.start(0, SECOND_US)
  await play({
    async moveTo(us) {
      nowUs = us
      await new Promise((resolve) => setImmediate(resolve))
    },
    ack() {
      const [lane] = lanes.all()
      const append = underWay.shift()
      if (lane === undefined || append === undefined) expect.unreachable()
      const ending = { kind: 'acked', start: append.index, end: append.index + 1 } as const
      if (inFlight.ended(lane, append, ending, nowUs)) loop.ended(lane, ending, nowUs)
    },
    see: () => wiring.board.snapshot().counted,
  })
  nowUs = Math.max(nowUs, SECOND_US)
  loop.halt()
  wiring.close()
  return wiring.board.snapshot()
}

test('what a generator that stood still gave up is as late as what it began', async () => {
  const { count, sum } = (await numbersOf({})).timed.lag
  expect(count).toBe(1000)
  // From the second on each began, or did not, when the plan was over.
  expect(sum).toBe(Array.from({ length: 999 }, (_, index) => 999_000 - 1000 * index).reduce((a, b) => a + b))
})

test('what had no room was not late by the generator’s fault', async () => {
  const { count, greatest } = (await numbersOf({ 'in-flight': 64 })).timed.lag
  expect(count).toBe(1000)
  expect(greatest).toBe(0)
})

test.each([
  ['that began in the warm-up and lasts into the time that counts, once', 10_500, 15_000, 1],
  ['that began and ended in the warm-up, not', 15_500, 15_000, 0],
  ['that ended before anything that counts was to begin, not', 14_500, 14_600, 0],
  ['of the time that counts, once', 5000, 15_000, 1],
])('a hold counts as one of the measured time %s', async (_what, fromUs, untilUs, expected) => {
  let seen: Numbers['counted'] | undefined
  await numbersOf(
    // Ten appends: the eleventh, of 10 ms, finds no room.
    { 'in-flight': 640 },
    async ({ moveTo, ack, see }) => {
      for (let us = 1000; us <= 10_000; us += 1000) await moveTo(us)
      await moveTo(untilUs)
      for (let acked = 0; acked < 10; acked++) ack()
      // What has waited begins, and then what is due while there is room.
      await moveTo(untilUs)
      await moveTo(16_000)
      seen = see()
    },
    fromUs,
  )
  expect(seen).toMatchObject({ begun: 17, heldBack: 1, heldBackMeasured: expected })
})
