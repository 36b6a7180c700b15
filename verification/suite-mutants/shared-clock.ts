import { type Clock, realClock } from '../../kit/clock.ts'
import { type Clock as ServerClock, systemClock } from '../../reference-server/environment.ts'

/** One time for a server and the checks that judge it. */
export interface SharedClock {
  readonly checks: Clock
  readonly server: ServerClock
}

export const realTime: SharedClock = { checks: realClock, server: systemClock }
