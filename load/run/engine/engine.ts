import { createRandom, type Random, seedFor } from '../../../kit/random.ts'
import { GapLog } from '../../faults/gap-log.ts'
import { SECOND_US } from '../../measure/clock.ts'
import { type Health, type Watch, watchHealth } from '../../measure/watch-health.ts'
import type { WindowFigures } from '../../transport/window-audit.ts'
import { createChooser, createShapes } from '../../workload/choices.ts'
import { createCheckTails } from './check-tails.ts'
import { createClosedLoop } from './closed-loop.ts'
import type { EngineParts } from './engine-parts.ts'
import { InFlight } from './in-flight.ts'
import { Lanes } from './lanes.ts'
import type { Loop } from './loop.ts'
import type { ReaderReport, ReadSoFar, Task, WriterReport } from './messages.ts'
import { createOpenLoop } from './open-loop.ts'
import { createReading } from './reading.ts'
import type { Tail } from './tail.ts'
import { createWiring, type Wiring } from './wiring.ts'

/** One thread's part of a load, in the order of the calls. */
export interface Engine {
  /** Connects; rejects with a sentence for the user where the target does not answer. */
  open(): Promise<void>
  go(startUs: number): void
  halt(): void
  /** What the writers were told, once nothing is under way or was given up. */
  appended(): Promise<Appended>
  /** Readers go on to these tails, then those that catch up begin. */
  read(tails: readonly Tail[]): Promise<Read>
  close(): void
}

export interface Appended {
  readonly writers: readonly WriterReport[]
  /** Of the readers at the tail. */
  readonly readSoFar: readonly ReadSoFar[]
  /** Cells of the times without an ack; of none where no fault was planned. */
  readonly gaps: Float64Array
}

export interface Read {
  readonly readers: readonly ReaderReport[]
  /** How long the catching up took, 0 for none. */
  readonly catchUpSeconds: number
  readonly catchUpHealth: Health
  /** While the appends that count were begun. */
  readonly health: Health
  readonly windows: WindowFigures
}

export interface EngineOptions {
  /** What watches this thread, from the call on. */
  readonly watch?: () => Watch
}

/** What is still under way this long after the plan has ended is given up. */
const DRAIN_MS = 10_000

export function createEngine(task: Task, { watch = watchHealth }: EngineOptions = {}): Engine {
  const { workload } = task
  const wiring = createWiring(task)
  const window = createWindow(workload)
  const parts = { task, wiring, isMeasured: window.holds }
  const gaps = workload.faults.length === 0 ? undefined : new GapLog()
  const { inFlight, lanes, loop } = createAppends(parts, gaps)
  const reading = createReading(parts)
  const checkTails = createCheckTails(parts)
  let watched: Watch | undefined
  let health: Health | undefined
  let measuring: NodeJS.Timeout | undefined
  let endSampling: () => void = () => {}

  return {
    async open() {
      await Promise.all([lanes.open(), reading.open()])
    },
    go(startUs) {
      window.beginAt(startUs)
      watched = watch()
      // Neither what was before the measured time nor what comes after it, the generator's own reports, is judged.
      measuring = setTimeout(() => watched?.restart(), Math.max(0, (window.from - wiring.now()) / 1000))
      endSampling = sampleStalls(wiring)
      gaps?.start(startUs)
      loop.start(startUs, window.until)
      checkTails.start(startUs, window.until)
    },
    halt() {
      clearTimeout(measuring)
      health = watched?.end()
      loop.halt()
      checkTails.halt()
    },
    async appended() {
      await Promise.all([inFlight.drained(DRAIN_MS), checkTails.drained(DRAIN_MS)])
      endSampling()
      return {
        writers: lanes.reports(),
        readSoFar: reading.soFar(),
        gaps: gaps?.cells(wiring.now()) ?? new Float64Array(),
      }
    },
    async read(tails) {
      if (health === undefined) throw new Error('read before halt')
      await reading.readTo(tails)
      const catchingUp = watch()
      const catchUpSeconds = await reading.catchUp(tails)
      const catchUpHealth = catchingUp.end()
      return {
        readers: reading.reports(),
        catchUpSeconds,
        catchUpHealth,
        health,
        windows: wiring.audit.figures(),
      }
    },
    close() {
      lanes.close()
      wiring.close()
    },
  }
}

/** Writers of one thread have numbers that no other thread gives. */
const WRITERS_OF_A_THREAD = 2 ** 24

function createAppends(
  parts: EngineParts,
  gaps: GapLog | undefined,
): {
  readonly inFlight: InFlight
  readonly lanes: Lanes
  readonly loop: Loop
} {
  const { task, wiring } = parts
  const { appends, seed } = task.workload
  const { arrival } = appends
  const isSession = appends.transport === 's2s'
  const depth = arrival.kind === 'closed' ? arrival.inFlight : 1
  // From sequences of their own: drawn from one, streams would differ in the sizes of their records.
  const draw = (name: string): Random => createRandom(seedFor(seed, name))
  const inFlight = new InFlight(parts, createShapes(appends, draw(`sizes of thread ${task.thread}`)))
  const lanes = new Lanes({
    streams: wiring.own,
    perStream: isSession ? appends.writers : appends.writers * depth,
    depth: isSession ? depth : 1,
    isPipelined: isSession,
    firstWriter: task.thread * WRITERS_OF_A_THREAD,
    createAppender: (stream, ...heard) => wiring.createAppender(stream, parts.isMeasured, ...heard),
    onEnding(lane, append, ending) {
      const timeUs = wiring.now()
      if (!inFlight.ended(lane, append, ending, timeUs)) return
      if (ending.kind === 'acked') gaps?.see(timeUs)
      loop.ended(lane, ending, timeUs)
    },
  })
  const nextStream = createChooser(appends.choice, task.streams.length, draw('streams'))
  const loop =
    arrival.kind === 'open'
      ? createOpenLoop({ ...parts, rate: arrival.rate, lanes, inFlight, nextStream })
      : createClosedLoop(lanes, inFlight, wiring.now)
  return { inFlight, lanes, loop }
}

/** The time that counts, on the common clock; it is known when the plan begins. */
function createWindow({ warmupSeconds, seconds }: Task['workload']): {
  beginAt(startUs: number): void
  holds(timeUs: number): boolean
  readonly from: number
  readonly until: number
} {
  let from = Number.POSITIVE_INFINITY
  let until = Number.POSITIVE_INFINITY
  return {
    beginAt(startUs) {
      from = startUs + warmupSeconds * SECOND_US
      until = from + seconds * SECOND_US
    },
    holds: (timeUs) => timeUs >= from && timeUs < until,
    get from() {
      return from
    },
    get until() {
      return until
    },
  }
}

/** Between two looks at the windows: a target that takes all it can may rest for a part of this, and not for all of it. */
const LOOK_MS = 20

/** Looks again and again for how long data waited for a window; returns what ends that. */
function sampleStalls({ board, audit }: Wiring): () => void {
  const timer = setInterval(() => {
    board.add('samples', 1)
    board.add('stalledSamples', audit.look())
  }, LOOK_MS)
  return () => clearInterval(timer)
}
