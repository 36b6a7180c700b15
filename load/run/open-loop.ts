import { createPacer, type Pacer } from '../pace/pacer.ts'
import { createPlan, type Rate } from '../pace/plan.ts'
import type { EngineParts } from './engine.ts'
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

/** Appends begin by the plan, whatever has come of those before; only where too many bytes are under way do they wait. */
export function createOpenLoop({
  task,
  wiring,
  isMeasured,
  rate,
  lanes,
  inFlight,
  nextStream,
}: OpenLoopParts): Loop {
  const { workload, thread } = task
  const { board, now } = wiring
  /** Since when there is room again; whoever had to wait for it is not late by the generator's fault. */
  let roomSince = 0
  let isHeldBack = false
  let pacer: Pacer | undefined
  return {
    start(startUs, untilUs) {
      const plan = createPlan(rate, workload.seed)
      let index = -1
      let due = 0
      let stream = 0
      const advance = (): void => {
        // Every thread goes through the whole plan and takes what belongs to its streams.
        do {
          index += 1
          due = startUs + plan.at(index)
          stream = nextStream()
        } while (stream % workload.threads !== thread && due < untilUs)
        if (due >= untilUs) due = Number.POSITIVE_INFINITY
      }
      const begin = (): boolean => {
        isHeldBack = inFlight.bytes >= workload.inFlightBytes
        if (isHeldBack) {
          board.add('heldBack', 1)
          return false
        }
        if (isMeasured(due)) board.timed.lag.record(now() - Math.max(due, roomSince))
        inFlight.begin(lanes.free(stream), due)
        advance()
        return true
      }
      advance()
      pacer = createPacer({ now, pacing: workload.pacing, due: () => due, begin })
      pacer.start()
    },
    ended(_lane, _ending, timeUs) {
      if (!isHeldBack || inFlight.bytes >= workload.inFlightBytes) return
      isHeldBack = false
      roomSince = timeUs
      pacer?.resume()
    },
    halt: () => pacer?.stop(),
  }
}
