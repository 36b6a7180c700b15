import type { OpenFaultyWires } from '../../client/faults/faulty-wires.ts'
import { recordWire } from '../../client/wire/record-wire.ts'
import type { Wire } from '../../client/wire/wire.ts'
import type { Recording } from './recording.ts'

/** Faulty wires that write down what comes over them, cuts and receipts with the rest. */
export const recordFaults =
  (open: OpenFaultyWires, recording: Recording, now: () => number): OpenFaultyWires =>
  (random, clock) => {
    const { http1, http2, receipts, close } = open(random, clock)
    return {
      http1: recordWire(http1, recording.exchanges, now),
      http2: recordWire(http2, recording.exchanges, now),
      receipts() {
        const came = receipts()
        recording.receipts.push(came)
        return came
      },
      close,
    }
  }

/** The same once more, without a proxy: what had fired by then has fired. */
export const replayFaults =
  (wire: Wire, { receipts }: Recording): OpenFaultyWires =>
  () => {
    const left = [...receipts]
    const none = { connections: 0, delay: 0, stall: 0, 'cut-request': 0, 'cut-answer': 0 }
    return {
      http1: wire,
      http2: wire,
      receipts: () => left.shift() ?? none,
      close: () => Promise.resolve(),
    }
  }
