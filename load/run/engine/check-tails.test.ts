import { expect, test } from 'vitest'
import { BOARD_BYTES, Board } from '../../measure/board.ts'
import { SECOND_US } from '../../measure/clock.ts'
import { TransportError } from '../../transport/transport-error.ts'
import { parseWorkload } from '../../workload/parse.ts'
import { createCheckTails } from './check-tails.ts'
import { createWiring } from './wiring.ts'

const SECONDS = 10

/** How often each stream is asked for its tail, by all threads together. */
function asked(threads: number, streams: number): Readonly<Record<string, number>> {
  const workload = parseWorkload({ 'check-tails': 100, threads, streams, warmup: 0 }, 'here')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const names = Array.from({ length: streams }, (_none, stream) => `s-${stream}`)
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  for (let thread = 0; thread < threads; thread++) {
    const memory = new SharedArrayBuffer(BOARD_BYTES)
    const task = { workload, place, streams: names, thread, tag: 1, epochUs: 0, memory }
    let now = 0
    const wiring = {
      ...createWiring(task),
      now: () => now,
      asking: {
        send({ path }: { readonly path: string }) {
          const name = names.find((each) => path.includes(`/${each}/`)) ?? path
          counts[name] = (counts[name] ?? 0) + 1
          return new Promise<never>(() => {})
        },
        close() {},
      },
    }
    const checkTails = createCheckTails({ task, wiring, isMeasured: () => true })
    checkTails.start(0, SECONDS * SECOND_US)
    now = SECONDS * SECOND_US
    checkTails.halt()
    wiring.close()
  }
  return counts
}

test.each([
  ['one thread', 1, 1, { 's-0': 1000 }],
  ['threads of which one has no stream', 2, 1, { 's-0': 1000 }],
  ['threads that have as many streams', 2, 2, { 's-0': 500, 's-1': 500 }],
  ['threads that have not', 2, 3, { 's-0': 334, 's-1': 333, 's-2': 333 }],
])('%s ask as often as was said', (_what, threads, streams, counts) => {
  expect(asked(threads, streams)).toEqual(counts)
})

test('what failed is counted and in no time, and what has no answer at all counts with its age', async () => {
  const workload = parseWorkload({ 'check-tails': 4, warmup: 0, duration: 1 }, 'here')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: 1, epochUs: 0, memory }
  const answers = [
    () => Promise.resolve({ status: 200, body: Buffer.alloc(0) }),
    () => Promise.resolve({ status: 429, body: Buffer.alloc(0) }),
    () => Promise.reject(new TransportError('refused', 'nobody is there')),
    () => new Promise<never>(() => {}),
  ]
  let [now, turn] = [0, 0]
  const asking = { send: () => answers[turn++]?.() ?? Promise.reject(new Error('too many')), close() {} }
  const wiring = { ...createWiring(task), now: () => now, asking }
  const checkTails = createCheckTails({ task, wiring, isMeasured: () => true })
  checkTails.start(0, SECOND_US)
  now = SECOND_US
  checkTails.halt()
  await checkTails.drained(1)
  wiring.close()
  const { counted, timed } = new Board(memory).snapshot()
  expect([counted.checkTailsBegun, counted.checkTails, counted.checkTailsFailed]).toEqual([4, 1, 3])
  expect(timed['check-tail'].count).toBe(2)
})
