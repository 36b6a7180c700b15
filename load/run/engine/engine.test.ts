import { expect, onTestFinished, test } from 'vitest'
import { decodeAppendInput, encodeAppendAck } from '../../../proto/messages.ts'
import { createNullBatches } from '../../calibrate/null-batches.ts'
import { startNullServer } from '../../calibrate/null-server.ts'
import { BOARD_BYTES, Board } from '../../measure/board.ts'
import { createNow } from '../../measure/clock.ts'
import type { Watch } from '../../measure/watch-health.ts'
import { serveHttp2 } from '../../transport/testing/serve-http2.ts'
import { createFiller } from '../../verify/filler.ts'
import { StampReader } from '../../verify/stamp-reader.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import type { Workload } from '../../workload/workload.ts'
import { createEngine, type Engine, type EngineOptions } from './engine.ts'

const TAG = 1

const workloadOf = (fields: WorkloadFields): Workload =>
  parseWorkload({ batch: 1, readers: 0, 'catch-up': 0, warmup: 0, ...fields }, 'engine')

/** An engine that has begun to load what is there, and its numbers. */
async function load(
  workload: Workload,
  origin: string,
  options: (board: Board) => EngineOptions = () => ({}),
): Promise<{ readonly engine: Engine; readonly board: Board }> {
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const board = new Board(memory)
  const engine = createEngine(
    {
      workload,
      place: { origin, prefix: '', headers: {} },
      streams: Array.from({ length: workload.streams }, (_none, stream) => `s-${stream}`),
      thread: 0,
      tag: TAG,
      epochUs: 0,
      memory,
    },
    options(board),
  )
  onTestFinished(() => engine.close())
  await engine.open()
  engine.go(createNow()())
  return { engine, board }
}

/** A server that keeps nothing. */
async function nullOrigin(): Promise<string> {
  const server = await startNullServer(() => createNullBatches({ tag: TAG, seed: 1, records: 1, bytes: 32 }))
  onTestFinished(() => server.close())
  return `http://127.0.0.1:${server.port}`
}

const measured = (board: Board): number => board.timed.response.snapshot().count

/** Sees in place of a thread's health what the board shows when it begins to count, and when it ends. */
function watchBoard(board: Board) {
  const look = () => ({
    begun: board.get('begun'),
    measured: measured(board),
    inFlight: board.get('inFlight'),
  })
  const watched: { from: ReturnType<typeof look>; until?: ReturnType<typeof look> }[] = []
  const watch = (): Watch => {
    const mine: (typeof watched)[number] = { from: look() }
    const number = watched.push(mine)
    return {
      restart() {
        mine.from = look()
      },
      end() {
        mine.until = look()
        const nothing = { loopDelayP99Us: 0, loopDelayMostUs: 0, stoodStillUs: 0 }
        return { ...nothing, busy: 0, collections: number, collectedUs: 0, longestCollectionUs: 0 }
      },
    }
  }
  return { watched, watch }
}

test('the health is that of the time that counts: not of the warm-up, nor of waiting for the last to end', async () => {
  const workload = workloadOf({ transport: 'h2-proto', closed: 1, warmup: 0.05 })
  let watching: ReturnType<typeof watchBoard> | undefined
  const { engine, board } = await load(workload, await nullOrigin(), (numbers) => {
    watching = watchBoard(numbers)
    return watching
  })
  await expect.poll(() => measured(board)).toBeGreaterThan(20)
  engine.halt()
  const begun = board.get('begun')
  await engine.appended()
  const { health, catchUpHealth } = await engine.read([])
  const [{ from, until } = {}] = watching?.watched ?? []
  expect(from?.begun).toBeGreaterThan(0)
  expect(from?.measured).toBe(0)
  expect(until).toMatchObject({ begun, inFlight: 1 })
  // Whose they are is told by their numbers.
  expect([health.collections, catchUpHealth.collections]).toEqual([1, 2])
})

test.each([
  ['h2-proto', 'whose requests are alone on their lanes', 6],
  ['s2s', 'whose sessions are as deep as that', 3],
])('a closed loop over %s, %s, goes on with what it began with', async (transport, _what, lanes) => {
  const { engine, board } = await load(workloadOf({ transport, writers: 3, closed: 2 }), await nullOrigin())
  await expect.poll(() => board.get('acked')).toBeGreaterThan(300)
  expect(board.get('inFlight')).toBe(6)
  engine.halt()
  const { writers } = await engine.appended()
  expect(writers.length).toBe(lanes)
  expect(writers.filter(({ sent }) => sent === 0)).toEqual([])
})

interface Taken {
  readonly stream: string
  readonly bytes: number
  readonly intendedUs: number
}

/** A target that takes appends of one record each, and what came to it. */
async function takeAppends({ seed, appends }: Workload): Promise<{ origin: string; taken: Taken[] }> {
  const taken: Taken[] = []
  const reader = new StampReader(TAG, createFiller(seed, appends.recordBytes.most, appends.compressible))
  const [start, end] = [0n, 1n].map((seqNum) => ({ seqNum, timestamp: 0n }))
  if (start === undefined || end === undefined) expect.unreachable()
  const ack = encodeAppendAck({ start, end, tail: end })
  const { origin } = await serveHttp2((stream, { ':path': path = '' }) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
    stream.on('end', () => {
      for (const { body } of decodeAppendInput(Buffer.concat(chunks)).records) {
        reader.read(Buffer.from(body), 0, body.length)
        taken.push({ stream: path, bytes: body.length, intendedUs: reader.stamp.intendedUs })
      }
      stream.respond()
      stream.end(ack)
    })
  })
  return { origin, taken }
}

test('how large an append is says nothing of its stream, nor of the time since the one before', async () => {
  const fields = { streams: 2, rate: 'poisson 4000/s', 'record-size': '100..1000', seed: 5 }
  const workload = workloadOf({ transport: 'h2-proto', ...fields })
  const { origin, taken } = await takeAppends(workload)
  const { engine } = await load(workload, origin)
  await expect.poll(() => taken.length).toBeGreaterThan(2000)
  engine.halt()
  await engine.appended()
  const all = taken.toSorted((one, other) => one.intendedUs - other.intendedUs).slice(0, 2000)
  const part = (items: readonly Taken[]): number =>
    items.filter(({ bytes }) => bytes > 550).length / items.length
  // Half of all gaps are shorter than the median of their distribution.
  const isShort = ({ intendedUs }: Taken, index: number): boolean =>
    intendedUs - (all[index - 1]?.intendedUs ?? 0) < (Math.LN2 * 1e6) / 4000
  const halves = [
    ...['s-0', 's-1'].map((name) => all.filter(({ stream }) => stream.includes(name))),
    all.filter(isShort),
    all.filter((each, index) => !isShort(each, index)),
  ]
  for (const half of halves) {
    expect(half.length).toBeGreaterThan(800)
    expect(Math.abs(part(half) - 0.5)).toBeLessThan(0.1)
  }
})

test.each([
  ['of the warm-up', 1, 0],
  ['of the time that counts', 0, 9],
])(
  'ten appends %s at once over one connection wait, and are told apart by when they were planned',
  async (_what, warmup, expected) => {
    const fields = { transport: 'h1-json', connections: 1, rate: 'burst 10 every 100s', warmup }
    const { engine, board } = await load(workloadOf(fields), await nullOrigin())
    await expect.poll(() => board.get('begun')).toBe(10)
    engine.halt()
    await engine.appended()
    expect(board.get('waited')).toBe(9)
    expect(board.get('waitedMeasured')).toBe(expected)
  },
)
