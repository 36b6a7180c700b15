import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_COUNTS } from '../measure/counts.ts'
import { parseFaults } from '../workload/faults.ts'
import { type FaultEffect, type FaultParts, type Progress, runFaultSchedule } from './fault-schedule.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets so many milliseconds pass. */
const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds)

const now = (): number => performance.now() * 1000
const NOTHING = { waited: 0, heldBack: 0, samples: 0, stalledSamples: 0, readersCut: 0 }
const HIT: FaultEffect = { hit: true, what: 'hit' }

/** Plays these against a load that goes on as it is told. */
function play(faults: string, parts: Partial<FaultParts> & { glance?(): Progress } = {}) {
  const over = new AbortController()
  const glance =
    parts.glance ??
    ((): Progress => ({ atUs: now(), begun: 0, acked: 0, inFlight: 0, refused: 0, unknown: 0 }))
  const played = runFaultSchedule({
    faults: parseFaults(faults, 10),
    fromUs: now(),
    now,
    glance,
    stand: () => ({ ...NOTHING, ...glance(), response: NO_COUNTS }),
    strike: () => Promise.resolve(HIT),
    over: over.signal,
    onState() {},
    ...parts,
  })
  return { played, over }
}

test('each comes at its time and none before, whatever the one before does', async () => {
  const struck: string[] = []
  const { played, over } = play('stall 1s at 0.02s, cut at 0.03s', {
    strike(fault) {
      struck.push(fault.kind)
      if (fault.kind === 'cut') over.abort()
      // A stall that never ends by itself would hold up whoever waits for it.
      return fault.kind === 'cut'
        ? Promise.resolve(HIT)
        : new Promise((resolve) => setTimeout(resolve, 50, HIT))
    },
  })
  await pass(100)
  const [stall, cut] = await played
  expect(struck).toEqual(['stall', 'cut'])
  expect(stall?.struck?.fired.atUs ?? Number.NaN).toBeLessThanOrEqual(cut?.struck?.fired.atUs ?? 0)
  expect(cut?.struck?.blow).toEqual(HIT)
})

test('what is done to the target itself comes one after the other', async () => {
  const log: string[] = []
  const { played, over } = play('pause 1s at 0.01s, kill at 0.011s', {
    async strike({ kind }) {
      log.push(`${kind} begins`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      log.push(`${kind} ends`)
      return HIT
    },
  })
  await pass(100)
  over.abort()
  await played
  expect(log).toEqual(['pause begins', 'pause ends', 'kill begins', 'kill ends'])
})

test('and in the order of the plan, where the timer of the first was early and that of the second was not', async () => {
  const looks = [0, 0, 9900, 11_000]
  const struck: string[] = []
  const { played, over } = play('pause 1s at 0.01s, kill at 0.011s', {
    fromUs: 0,
    now: () => looks.shift() ?? 12_000,
    strike({ kind }) {
      struck.push(kind)
      if (struck.length === 2) over.abort()
      return Promise.resolve(HIT)
    },
  })
  await pass(100)
  await played
  expect(struck).toEqual(['pause', 'kill'])
})

type Event = 'acked' | 'settled' | 'failed'

test.each<readonly [Event, Event, Event]>([
  ['settled', 'failed', 'acked'],
  ['acked', 'failed', 'settled'],
  ['acked', 'settled', 'failed'],
])(
  'a load has recovered when an ack came after the end, no more are under way, and what was has ended: %s, %s, %s',
  async (...events) => {
    const stood = { begun: 12, acked: 10, inFlight: 3, refused: 0, unknown: 0 }
    const happen: Readonly<Record<Event, () => void>> = {
      acked: () => Object.assign(stood, { acked: 11 }),
      settled: () => Object.assign(stood, { inFlight: 3 }),
      failed: () => Object.assign(stood, { unknown: 2 }),
    }
    const states: string[] = []
    const { played } = play('cut at 0.01s', {
      glance: () => ({ atUs: now(), ...stood }),
      onState: (_index, state) => states.push(state),
      strike() {
        stood.inFlight = 9
        for (const [at, event] of events.entries()) setTimeout(happen[event], 25 * (at + 1))
        return Promise.resolve(HIT)
      },
    })
    await pass(200)
    const [cut] = await played
    expect(cut?.struck?.fired).toMatchObject({ acked: 10, inFlight: 3 })
    expect(cut?.struck?.recovered).toMatchObject({ acked: 11, inFlight: 3, unknown: 2 })
    expect(states).toEqual([
      'in progress',
      'over, not recovered yet',
      expect.stringMatching(/^recovered after 0\.\d\d s$/),
    ])
  },
)

test('one whose time did not come has not fired, and one that does not end well is told', async () => {
  const { played, over } = play('cut at 9s')
  over.abort()
  expect(await played).toEqual([{ fault: expect.objectContaining({ kind: 'cut' }) }])
  const broken = play('kill at 0.01s', { strike: () => Promise.reject(new Error('it stays away')) })
  const rejected = expect(broken.played).rejects.toThrow('it stays away')
  await pass(100)
  await rejected
})
