import type { Calibration } from '../../../reports/load/calibration.ts'
import { thisMachine } from '../verdict/this-machine.ts'

/** As it might have been found on this machine. */
export const calibration: Calibration = {
  format: 's2-load-calibration',
  version: 1,
  tool: 's2-load 0.0.0',
  measured: '2026-11-24T09:00:00.000Z',
  machine: thisMachine(),
  ceilings: {
    'append-bytes': { appends: 1300, records: 19_500, bytes: 1_277_952_000 },
    'append-records': { appends: 2400, records: 2_400_000, bytes: 240_000_000 },
    'append-singles': { appends: 250_000, records: 250_000, bytes: 25_000_000 },
    'unary-proto': { appends: 9000, records: 9000, bytes: 900_000 },
    'read-bytes': { appends: 0, records: 14_000, bytes: 917_504_000 },
    'read-records': { appends: 0, records: 1_500_000, bytes: 150_000_000 },
  },
  floor: { p50: 350, p99: 900 },
  lag: { p50: 2, p99: 180.5 },
}
