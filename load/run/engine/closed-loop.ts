import type { Now } from '../../measure/clock.ts'
import type { InFlight } from './in-flight.ts'
import type { Lane } from './lane.ts'
import type { Lanes } from './lanes.ts'
import type { Loop } from './loop.ts'

/** Who is refused, or finds nobody, does not come again at once. */
const BACK_OFF_MS = 100

/** Each lane has always as many appends under way as it is deep: the next begins when one has ended. */
export function createClosedLoop(lanes: Lanes, inFlight: InFlight, now: Now): Loop {
  let until = Number.POSITIVE_INFINITY
  let isHalted = false
  const goOn = (lane: Lane): void => {
    if (!isHalted && now() < until) inFlight.begin(lane, now())
  }
  return {
    start(_startUs, untilUs) {
      until = untilUs
      for (const lane of lanes.all()) for (let turn = 0; turn < lanes.depth; turn++) goOn(lane)
    },
    ended(lane, ending) {
      if (ending.kind === 'acked') goOn(lane)
      else setTimeout(goOn, BACK_OFF_MS, lane)
    },
    halt() {
      isHalted = true
    },
  }
}
