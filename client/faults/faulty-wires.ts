import type { Clock } from '../../kit/clock.ts'
import type { Dial } from '../wire/dial.ts'
import { createHttp1 } from '../wire/http1.ts'
import { createHttp2 } from '../wire/http2.ts'
import type { Wire } from '../wire/wire.ts'
import { createFaultProxy, type Receipts } from './fault-proxy.ts'

/** Wires whose connections go through a fault proxy of their own. */
export interface FaultyWires {
  readonly http1: Wire
  readonly http2: Wire
  /** What has met their exchanges so far. */
  receipts(): Receipts
  /** Ends all that is under way on them. */
  close(): Promise<void>
}

/** `random` chooses the faults, `clock` measures what is delayed and stalled. */
export type OpenFaultyWires = (random: () => number, clock: Clock) => FaultyWires

/** With `dial`, what comes out of the proxy goes where that says. */
export const faultyWiresBy =
  (dial?: Dial): OpenFaultyWires =>
  (random, clock) => {
    const proxy = createFaultProxy(random, clock)
    const through: Dial =
      dial === undefined ? proxy.through : async (address) => await proxy.through(await dial(address))
    const http1 = createHttp1(through)
    const http2 = createHttp2(through)
    return {
      http1,
      http2,
      receipts: () => proxy.receipts(),
      async close() {
        await proxy.close()
        await Promise.all([http1.close(), http2.close()])
      },
    }
  }
