import { createPacer, type Pacer } from '../../pace/pacer.ts'
import { createPlan, type Rate } from '../../pace/plan.ts'
import type { EngineParts } from './engine-parts.ts'
import type { InFlight } from './in-flight.ts'
import type { Lanes } from './lanes.ts'
import type { Loop } from './loop.ts'

export interface OpenLoopParts extends EngineParts {
  readonly rate: Rate
  readonly lanes: Lanes
  readonly inFlight: InFlight
  /** Of all streams, by their number; the same sequence in every thread. */
  readonly nextStream: () => number
}

/** What the pacer was about to begin when the plan ended; whoever is further behind does not catch up now. */
const LAST = 64

/** Appends begin by the plan, whatever has come of those before; only where too many bytes are under way do they wait. */
export function createOpenLoop(parts: OpenLoopParts): Loop {
  const { task, wiring, isMeasured, lanes, inFlight } = parts
  const { workload } = task
  const { board, now } = wiring
  const next: Planned = { due: Number.POSITIVE_INFINITY, stream: 0 }
  let advance: () => void = () => {}
  /** Since when there is room again; whoever had to wait for it is not late by the generator's fault. */
  let roomSince = 0
  let isHeldBack = false
  /** Whether the last hold is known to have made something late that counts: one of the warm-up may last until then. */
  let isDoubted = false
  let pacer: Pacer | undefined

  const doubt = (due: number): void => {
    if (isDoubted || !isMeasured(due)) return
    isDoubted = true
    board.add('heldBackMeasured', 1)
  }
  const begin = (): boolean => {
    const { due, stream } = next
    if (inFlight.bytes >= workload.inFlightBytes) {
      if (!isHeldBack) isDoubted = false
      isHeldBack = true
      board.add('heldBack', 1)
      doubt(due)
      return false
    }
    if (due < roomSince) doubt(due)
    if (isMeasured(due)) board.timed.lag.record(now() - Math.max(due, roomSince))
    inFlight.begin(lanes.free(stream), due)
    advance()
    return true
  }
  /** It was planned, and whoever leaves it out tells a target faster than it is. */
  const giveUp = (): void => {
    if (isHeldBack || next.due < roomSince) doubt(next.due)
    // Room that there is not is none of the generator's lateness.
    inFlight.neverBegan(next.due, isHeldBack ? 0 : now() - Math.max(next.due, roomSince))
    advance()
  }
  return {
    start(startUs, untilUs) {
      advance = walkPlan(parts, startUs, untilUs, next)
      advance()
      pacer = createPacer({ now, pacing: workload.pacing, due: () => next.due, begin })
      pacer.start()
    },
    ended(lane, _ending, timeUs) {
      lanes.release(lane)
      if (!isHeldBack || inFlight.bytes >= workload.inFlightBytes) return
      isHeldBack = false
      roomSince = timeUs
      pacer?.resume()
    },
    halt() {
      pacer?.stop()
      for (let begun = 0; next.due <= now(); begun++) if (begun >= LAST || !begin()) giveUp()
    },
  }
}

/** What is to begin next; never is Infinity. */
interface Planned {
  due: number
  stream: number
}

/** Every thread goes through the whole plan and takes what belongs to its streams; each call goes on to the next. */
function walkPlan(
  { task: { workload, thread }, rate, nextStream }: OpenLoopParts,
  startUs: number,
  untilUs: number,
  next: Planned,
): () => void {
  const plan = createPlan(rate, workload.seed)
  let index = -1
  return () => {
    do {
      index += 1
      next.due = startUs + plan.at(index)
      next.stream = nextStream()
    } while (next.stream % workload.threads !== thread && next.due < untilUs)
    if (next.due >= untilUs) next.due = Number.POSITIVE_INFINITY
  }
}
