import type { Clock } from '../clock.ts'
import type { Connections } from '../target/exchange.ts'
import { faultyWiresBy } from '../target/faults/faulty-wires.ts'
import { meteredFaults } from '../target/faults/metered-faults.ts'
import type { Launcher } from '../target/launch/launcher.ts'
import { countUnanswered } from '../target/unanswered.ts'
import { createHttp1 } from '../target/wire/http1.ts'
import { createHttp2 } from '../target/wire/http2.ts'
import { type Budget, createMeter, type Meter } from '../target/wire/meter.ts'
import { dialBy, type Resolution } from '../target/wire/resolve.ts'
import type { Wire } from '../target/wire/wire.ts'
import { BudgetSpent, type RunEnded, TargetSilent } from './judge.ts'

/** How a target is to be asked. */
export interface Manner {
  readonly token: string | undefined
  /** Six or more of a-z0-9, in every name that the run makes. */
  readonly runId: string
  readonly budget?: Budget
  /** A basin that is there already, to be used in place of those that a run makes. */
  readonly basin?: string
  readonly resolutions?: readonly Resolution[]
  /** Longest wait for the answer to one request. Default: 20. */
  readonly requestSeconds?: number
  /** Requests in a row without an answer after which the run ends. Default: 10. */
  readonly giveUpAfter?: number
  /** Limits the answers of both wires. Default: those of the wires themselves. */
  readonly bound?: (wire: Wire) => Wire
}

export interface OpenConnections {
  readonly connections: Connections
  readonly meter: Meter
  close(): Promise<void>
}

const REQUEST_SECONDS = 20
/** More than the requests of any one check that may be lost together. */
const GIVE_UP_AFTER = 10

/** Opens every way to the target, metered. `onEnd` is called with the reason once the budget is used up, or the target is silent. */
export function openConnections(
  { endpoints }: Pick<Launcher, 'endpoints'>,
  clock: Clock,
  manner: Manner,
  onEnd: (reason: RunEnded) => void,
): OpenConnections {
  const { token, runId, budget = {}, basin, resolutions = [] } = manner
  const { requestSeconds = REQUEST_SECONDS, giveUpAfter = GIVE_UP_AFTER, bound = (wire) => wire } = manner
  const meter = createMeter(budget, (what) => onEnd(new BudgetSpent(what)))
  const dial = dialBy(resolutions)
  const connections: Connections = {
    ...(basin !== undefined && { only: { name: basin, prefix: `s2c-${runId}-` } }),
    endpoints,
    token,
    http1: bound(meter.metered(createHttp1(dial))),
    http2: bound(meter.metered(createHttp2(dial))),
    faulty: meteredFaults(faultyWiresBy(dial), meter),
    requestSeconds,
    unanswered: countUnanswered(giveUpAfter, (count) => onEnd(new TargetSilent(count))),
    clock,
  }
  return {
    connections,
    meter,
    async close() {
      await Promise.all([connections.http1.close(), connections.http2.close()])
    },
  }
}
