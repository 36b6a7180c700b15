import type { Clock } from '../clock.ts'
import type { Connections } from '../target/exchange.ts'
import { faultyWiresBy } from '../target/faults/faulty-wires.ts'
import { meteredFaults } from '../target/faults/metered-faults.ts'
import type { Launcher } from '../target/launch/launcher.ts'
import { createHttp1 } from '../target/wire/http1.ts'
import { createHttp2 } from '../target/wire/http2.ts'
import { type Budget, createMeter, type Meter } from '../target/wire/meter.ts'
import { dialBy, type Resolution } from '../target/wire/resolve.ts'

/** How a target is to be asked. */
export interface Manner {
  readonly token: string | undefined
  /** Six or more of a-z0-9, in every name that the run makes. */
  readonly runId: string
  readonly budget?: Budget
  /** A basin that is there already, to be used in place of those that a run makes. */
  readonly basin?: string
  readonly resolutions?: readonly Resolution[]
}

export interface OpenConnections {
  readonly connections: Connections
  readonly meter: Meter
  close(): Promise<void>
}

/** Longest wait for the answer to one request, in seconds. */
const REQUEST_SECONDS = 20

/** Every way to the target, metered. `onSpent` is told once what of the budget is used up. */
export function openConnections(
  { endpoints }: Pick<Launcher, 'endpoints'>,
  clock: Clock,
  { token, runId, budget = {}, basin, resolutions = [] }: Manner,
  onSpent: (what: string) => void,
): OpenConnections {
  const meter = createMeter(budget, onSpent)
  const dial = dialBy(resolutions)
  const connections: Connections = {
    ...(basin !== undefined && { only: { name: basin, prefix: `s2c-${runId}-` } }),
    endpoints,
    token,
    http1: meter.metered(createHttp1(dial)),
    http2: meter.metered(createHttp2(dial)),
    faulty: meteredFaults(faultyWiresBy(dial), meter),
    requestSeconds: REQUEST_SECONDS,
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
