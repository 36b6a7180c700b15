import { afterEach, expect, test, vi } from 'vitest'
import { createNullBatches } from '../calibrate/null-batches.ts'
import { startNullServer } from '../calibrate/null-server.ts'
import { BOARD_BYTES } from '../measure/board.ts'
import { createNow } from '../measure/clock.ts'
import { Recorder } from '../measure/recorder.ts'
import * as watching from '../measure/watch-health.ts'
import type { Append } from '../transport/appender.ts'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'
import { createEngine } from './engine.ts'
import { InFlight } from './in-flight.ts'
import { Lanes } from './lanes.ts'

vi.mock(import('../measure/watch-health.ts'), { spy: true })

const HEALTHY = {
  busy: 0.2,
  loopDelayP99Us: 0,
  loopDelayMostUs: 0,
  stoodStillUs: 0,
  collections: 0,
  collectedUs: 0,
  longestCollectionUs: 0,
}

afterEach(() => {
  vi.restoreAllMocks()
})

/** Loads a server that keeps nothing, until so many appends have ended; returns them with their streams. */
async function load(
  most: number,
  fields: WorkloadFields,
  isEnough: () => boolean = () => true,
): Promise<readonly { readonly stream: number; readonly append: Append }[]> {
  const see = vi.spyOn(InFlight.prototype, 'ended')
  const workload = parseWorkload({ batch: 1, readers: 0, 'catch-up': 0, warmup: 0, ...fields }, 'engine')
  const server = await startNullServer(() => createNullBatches({ tag: 1, seed: 1, records: 1, bytes: 32 }))
  const engine = createEngine({
    workload,
    place: { origin: `http://127.0.0.1:${server.port}`, prefix: '', headers: {} },
    streams: Array.from({ length: workload.streams }, (_none, stream) => `s-${stream}`),
    thread: 0,
    tag: 1,
    epochUs: 0,
    memory: new SharedArrayBuffer(BOARD_BYTES),
  })
  await engine.open()
  engine.go(createNow()())
  await expect.poll(() => see.mock.calls.length >= most && isEnough(), { timeout: 20_000 }).toBe(true)
  engine.halt()
  await engine.appended()
  engine.close()
  server.close()
  return see.mock.calls.slice(0, most).map(([{ stream }, append]) => ({ stream, append }))
}

test('the generator is watched from the first moment that counts until nothing more begins', async () => {
  const seen: string[] = []
  vi.spyOn(watching, 'watchHealth').mockImplementation(() => ({
    restart: () => void seen.push('restart'),
    end() {
      seen.push('end')
      return HEALTHY
    },
  }))
  vi.spyOn(InFlight.prototype, 'drained').mockImplementation(async () => void seen.push('drained'))
  vi.spyOn(Recorder.prototype, 'record').mockImplementation(() => {
    if (seen.at(-1) !== 'measured') seen.push('measured')
  })
  await load(20, { transport: 'h2-proto', closed: 1, warmup: 0.05 }, () => seen.includes('measured'))
  expect(seen).toEqual(['restart', 'measured', 'end', 'drained'])
})

test('whoever goes on with the lane that it has gives none back', async () => {
  const release = vi.spyOn(Lanes.prototype, 'release')
  await load(20, { transport: 'h2-proto', closed: 2 })
  expect(release).not.toHaveBeenCalled()
})

test('how large an append is says nothing of its stream, nor of the time since the one before', async () => {
  const rate = 'poisson 4000/s'
  const all = await load(2000, { streams: 2, rate, 'record-size': '100..1000', seed: 5 })
  const part = (items: typeof all): number =>
    items.filter(({ append }) => append.bytes > 550).length / items.length
  for (const stream of [0, 1]) {
    const some = all.filter((each) => each.stream === stream)
    expect(some.length).toBeGreaterThan(800)
    expect(Math.abs(part(some) - 0.5)).toBeLessThan(0.1)
  }
  const times = all.map(({ append }) => append.intendedUs).toSorted((one, other) => one - other)
  const gapBefore = new Map(times.map((time, index) => [time, time - (times[index - 1] ?? 0)]))
  // Half of all gaps are shorter than the median of their distribution.
  const isShort = ({ append }: (typeof all)[number]): boolean =>
    (gapBefore.get(append.intendedUs) ?? 0) < (Math.LN2 * 1e6) / 4000
  for (const some of [all.filter(isShort), all.filter((each) => !isShort(each))]) {
    expect(some.length).toBeGreaterThan(800)
    expect(Math.abs(part(some) - 0.5)).toBeLessThan(0.1)
  }
})
