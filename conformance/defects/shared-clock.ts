import { type Clock as ServerClock, systemClock } from '../../reference-server/environment.ts'
import { type Clock, realClock } from '../clock.ts'

/** One time for a server and the checks that judge it. */
export interface SharedClock {
  readonly checks: Clock
  readonly server: ServerClock
}

export const realTime: SharedClock = { checks: realClock, server: systemClock }
