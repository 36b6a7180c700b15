import { BOARD_BYTES } from '../../measure/board.ts'
import { valueAt } from '../../measure/counts.ts'
import type { EngineParts } from '../../run/engine.ts'
import { InFlight } from '../../run/in-flight.ts'
import { type Evidence, judgeRun } from '../../run/judge-run.ts'
import { Lanes } from '../../run/lanes.ts'
import { createOpenLoop } from '../../run/open-loop.ts'
import { createWiring } from '../../run/wiring.ts'
import type { Append, Ending } from '../../transport/appender.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
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
  const { perSecond, seconds, delayUs, stall, everyUs = 1 } = given
  const { createInFlight = (...parts) => new InFlight(...parts), endingOf = acked } = given
  const fields = { batch: 1, 'record-size': 64, warmup: 0, pacing: 'spin' }
  const workload = parseWorkload(
    { ...fields, rate: perSecond, duration: seconds, ...given.workload },
    'simulated',
  )
  const memory = new SharedArrayBuffer(BOARD_BYTES)
  const place = { origin: 'http://127.0.0.1:1', prefix: '', headers: {} }
  const task = { workload, place, streams: ['s'], thread: 0, tag: 1, epochUs: 0, memory }
  let clock = 0
  const wiring = { ...createWiring(task), now: () => clock }
  const untilUs = seconds * 1_000_000
  const parts: EngineParts = { task, wiring, isMeasured: (timeUs) => timeUs < untilUs }
  const inFlight = createInFlight(parts, () => SHAPE)
  /** What the server has, in order, and when it ends it. */
  const due: { readonly atUs: number; readonly append: Append }[] = []
  const lanes = new Lanes({
    ...{ streams: [0], perStream: 1, depth: 1, isPipelined: true, firstWriter: 0 },
    createAppender: () => ({
      open: () => Promise.resolve(),
      append(append, encoded) {
        append.sentUs = clock
        wiring.encoder.giveBack(encoded)
        due.push({ atUs: stallEnd(clock, stall) + delayUs, append })
      },
      close() {},
    }),
    onEnding() {},
  })
  const loop = createOpenLoop({
    ...parts,
    rate: { kind: 'constant', perSecond },
    lanes,
    inFlight,
    nextStream: () => 0,
  })
  const [lane] = lanes.all()
  if (lane === undefined) throw new Error('a stream has no writer')
  loop.start(0, untilUs)
  let served = 0
  for (let index = 0; index < perSecond * seconds || served < due.length; ) {
    const planned = index < perSecond * seconds ? (index * 1_000_000) / perSecond : Number.POSITIVE_INFINITY
    const event = Math.min(planned, due[served]?.atUs ?? Number.POSITIVE_INFINITY)
    clock = Math.max(clock, Math.ceil(event / everyUs) * everyUs)
    if (planned <= clock) index += 1
    for (let next = due[served]; next !== undefined && next.atUs <= clock; next = due[++served]) {
      const ending = endingOf(served)
      if (inFlight.ended(lane, next.append, ending, clock)) loop.ended(lane, ending, clock)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  loop.halt()
  await inFlight.drained(0)
  const { counted, timed } = wiring.board.snapshot()
  wiring.close()
  const { acked: ended, refused, unknown, unfinished } = counted
  const evidence: Evidence = {
    ...{ workload, response: timed.response, lag: timed.lag, interrupted: false, faults: [] },
    generator: { threads: [HEALTHY], stalled: 0, machineBusy: 0.2 },
    ...{ ackedPerSecond: ended / seconds, plannedPerSecond: perSecond },
    ...{ begun: counted.begun, ended: ended + refused + unknown + unfinished, unfinished, unknown, refused },
  }
  return {
    response: (quantile) => valueAt(timed.response, quantile) ?? 0,
    count: timed.response.count,
    judged: judgeRun(evidence),
  }
}

const SHAPE = [64]
const acked = (index: number): Ending => ({ kind: 'acked', start: index, end: index + 1 })
