import type { Clock } from '../../kit/clock.ts'
import type { RunEnded } from '../../kit/run-ended.ts'
import type { Connections } from '../exchange.ts'
import { faultyWiresBy } from '../faults/faulty-wires.ts'
import { meteredFaults } from '../faults/metered-faults.ts'
import type { Launcher } from '../launch/launcher.ts'
import { countUnanswered } from '../unanswered.ts'
import type { Dial } from '../wire/dial.ts'
import { createHttp1 } from '../wire/http1.ts'
import { createHttp2 } from '../wire/http2.ts'
import { type Budget, createMeter, type Meter } from '../wire/meter.ts'
import { type HttpProxy, proxyName } from '../wire/proxy.ts'
import { dialBy, type Resolution } from '../wire/resolve.ts'
import { tunnelsThrough } from '../wire/tunnels.ts'
import type { Wire } from '../wire/wire.ts'
import { BudgetSpent, TargetSilent } from './run-ended.ts'

/** How a target is to be asked. */
export interface ConnectionOptions {
  readonly token: string | undefined
  /** Six or more of a-z0-9, in every name that the run makes. */
  readonly runId: string
  readonly budget?: Budget
  /** A basin that is there already, to be used in place of those that a run makes. */
  readonly basin?: string
  readonly resolutions?: readonly Resolution[]
  /** Returns the proxy that leads to an origin. Default: none. Throws `UsageError`. */
  readonly proxyFor?: (origin: string) => HttpProxy | undefined
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
  /** What a reader of the result must know of the way to the target. */
  readonly notes: readonly string[]
  close(): Promise<void>
}

const REQUEST_SECONDS = 20
/** More than the requests of any one check that may be lost together. */
const GIVE_UP_AFTER = 10

/** Opens every way to the target, metered. `onEnd` is called with the reason once the budget is used up, or the target is silent. */
export function openConnections(
  { endpoints }: Pick<Launcher, 'endpoints'>,
  clock: Clock,
  manner: ConnectionOptions,
  onEnd: (reason: RunEnded) => void,
): OpenConnections {
  const { token, runId, budget = {}, basin, resolutions = [] } = manner
  const { requestSeconds = REQUEST_SECONDS, giveUpAfter = GIVE_UP_AFTER, bound = (wire) => wire } = manner
  const meter = createMeter(budget, (what) => onEnd(new BudgetSpent(what)))
  const proxy = manner.proxyFor?.(endpoints.account.origin)
  const tunnels = proxy && tunnelsThrough(proxy)
  const dial = through(dialBy(resolutions), tunnels?.dial)
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
    notes: proxy === undefined ? [] : [`all connections went through ${proxyName(proxy)}`],
    async close() {
      await Promise.all([connections.http1.close(), connections.http2.close()])
      tunnels?.close()
    },
  }
}

/** Dials by both, the first one first. */
function through(first: Dial | undefined, second: Dial | undefined): Dial | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return async (address) => await second(await first(address))
}
