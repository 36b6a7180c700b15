import type { Meter } from '../wire/meter.ts'
import type { OpenFaultyWires } from './faulty-wires.ts'

/** What goes over faulty wires counts as what goes over any others. */
export const meteredFaults =
  (open: OpenFaultyWires, meter: Meter): OpenFaultyWires =>
  (random, clock) => {
    const { http1, http2, receipts, close } = open(random, clock)
    return { http1: meter.metered(http1), http2: meter.metered(http2), receipts, close }
  }
