import { BOARD_BYTES } from '../../../load/measure/board.ts'
import { SECOND_US } from '../../../load/measure/clock.ts'
import { valueAt } from '../../../load/measure/counts.ts'
import type { EngineParts } from '../../../load/run/engine/engine-parts.ts'
import { InFlight } from '../../../load/run/engine/in-flight.ts'
import { Lanes } from '../../../load/run/engine/lanes.ts'
import { createOpenLoop } from '../../../load/run/engine/open-loop.ts'
import { createWiring } from '../../../load/run/engine/wiring.ts'
import type { Evidence } from '../../../load/run/verdict/evidence.ts'
import { judgeRun } from '../../../load/run/verdict/judge-run.ts'
import type { Append, Ending } from '../../../load/transport/appender.ts'
import { parseWorkload, type WorkloadFields } from '../../../load/workload/parse.ts'
import { type Stall, stallEnd } from '../delays.ts'

/** An open loop and a server of known slowness on a clock that stands still while either works. */
export interface Simulated {
  readonly perSecond: number
  readonly seconds: number
  readonly delayUs: number
  readonly stall: Stall
  readonly workload?: WorkloadFields
  /** The part under test, or one that is broken. */
  readonly createInFlight?: (...given: ConstructorParameters<typeof InFlight>) => InFlight
  /** How the server ends what has come as the so manyth. */
  readonly endingOf?: (index: number) => Ending
  /** It never answers. */
  readonly isMute?: boolean
  /** The generator gets a processor only at whole multiples of this. */
  readonly everyUs?: number
}

export interface Seen {
  readonly response: (quantile: number) => number
  readonly count: number
  readonly judged: ReturnType<typeof judgeRun>
}

const HEALTHY = {
  busy: 0.2,
  loopDelayP99Us: 0,
  loopDelayMostUs: 0,
  collections: 0,
  collectedUs: 0,
  longestCollectionUs: 0,
}

/** Makes the load from the generator's own parts, and judges it by its own judgement. */
export async function simulate(given: Simulated): Promise<Seen> {
  const { perSecond, seconds, createInFlight = (...parts) => new InFlight(...parts) } = given
  const clock = { us: 0 }
  const parts = createParts(given, clock)
  const server = createServer(given, clock)
  const inFlight = createInFlight(parts, () => SHAPE)
  const lanes = new Lanes({
    ...{ streams: [0], perStream: 1, depth: 1, isPipelined: true, firstWriter: 0 },
    createAppender: () => ({
      open: () => Promise.resolve(),
      append(append, encoded) {
        parts.wiring.encoder.giveBack(encoded)
        server.take(append)
      },
      close() {},
    }),
    onEnding() {},
  })
  const rate = { kind: 'constant', perSecond } as const
  const loop = createOpenLoop({ ...parts, rate, lanes, inFlight, nextStream: () => 0 })
  const [lane] = lanes.all()
  if (lane === undefined) throw new Error('a stream has no writer')
  loop.start(0, seconds * SECOND_US)
  await play(given, clock, server, (append, ending) => {
    if (inFlight.ended(lane, append, ending, clock.us)) loop.ended(lane, ending, clock.us)
  })
  loop.halt()
  await inFlight.drained(0)
  parts.wiring.close()
  return judged(given, parts)
}

interface Clock {
  us: number
}

function createParts({ perSecond, seconds, workload: fields }: Simulated, clock: Clock): EngineParts {
  const usual = { batch: 1, 'record-size': 64, warmup: 0, pacing: 'spin' }
  const workload = parseWorkload({ ...usual, rate: perSecond, duration: seconds, ...fields }, 'simulated')
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const task = { workload, place, streams: ['s'], thread: 0, tag: 1, epochUs: 0, memory }
  const wiring = { ...createWiring(task), now: () => clock.us }
  return { task, wiring, isMeasured: (timeUs) => timeUs < seconds * SECOND_US }
}

/** What it has taken, in order, and when each is to end. */
interface Server {
  take(append: Append): void
  /** Infinity for nothing. */
  readonly nextUs: number
  /** What ends by now, with its place among all. */
  shift(): { readonly append: Append; readonly index: number } | undefined
}

function createServer({ delayUs, stall, isMute = false }: Simulated, clock: Clock): Server {
  const due: { readonly atUs: number; readonly append: Append }[] = []
  let served = 0
  return {
    take(append) {
      append.sentUs = clock.us
      if (!isMute) due.push({ atUs: stallEnd(clock.us, stall) + delayUs, append })
    },
    get nextUs() {
      return due[served]?.atUs ?? Number.POSITIVE_INFINITY
    },
    shift() {
      const next = due[served]
      if (next === undefined || next.atUs > clock.us) return undefined
      return { append: next.append, index: served++ }
    },
  }
}

/** Moves the clock from each moment at which something happens to the next at which the generator may notice. */
async function play(
  { perSecond, seconds, everyUs = 1, endingOf = acked }: Simulated,
  clock: Clock,
  server: Server,
  end: (append: Append, ending: Ending) => void,
): Promise<void> {
  for (let index = 0; ; ) {
    const planned = index < perSecond * seconds ? (index * SECOND_US) / perSecond : Number.POSITIVE_INFINITY
    const event = Math.min(planned, server.nextUs)
    if (event === Number.POSITIVE_INFINITY) return
    clock.us = Math.max(clock.us, Math.ceil(event / everyUs) * everyUs)
    if (planned <= clock.us) index += 1
    for (let next = server.shift(); next !== undefined; next = server.shift())
      end(next.append, endingOf(next.index))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function judged({ perSecond, seconds }: Simulated, { task, wiring }: EngineParts): Seen {
  const { counted, timed } = wiring.board.snapshot()
  const { acked: ended, refused, unknown, unfinished } = counted
  const evidence: Evidence = {
    ...{ workload: task.workload, response: timed.response, lag: timed.lag },
    generator: { threads: [HEALTHY], stalled: 0, machineBusy: 0.2 },
    ...{ progress: { due: perSecond * seconds, acked: ended }, interrupted: false, faults: [] },
    ...{ checkTails: { begun: 0, good: 0, failed: 0 }, readEndings: {}, catchUpSeconds: 0 },
    ...{
      waited: 0,
      heldBack: counted.heldBackMeasured,
      stalled: 0,
      readersCut: 0,
      readersGivenUp: { tail: 0, catchUp: 0 },
    },
    planned: perSecond * seconds,
    ...{ begun: counted.begun, ended: ended + refused + unknown + unfinished, unfinished, unknown, refused },
    ...{ untimed: counted.untimed, acked: timed.service.count },
  }
  return {
    response: (quantile) => valueAt(timed.response, quantile) ?? 0,
    count: timed.response.count,
    judged: judgeRun(evidence),
  }
}

const SHAPE = [64]
const acked = (index: number): Ending => ({ kind: 'acked', start: index, end: index + 1 })
