import type { CeilingName, Rates } from '../../reports/load/calibration.ts'
import type { Load } from '../run/coordinator/coordinator.ts'
import type { WorkloadFields } from '../workload/parse.ts'
import { appendRates, readRates } from './load-null.ts'

/** One ceiling of the generator: a load as heavy as one thread makes it, against the null server. */
export interface Measurement {
  readonly what: string
  readonly fields: WorkloadFields
  readonly rates: (load: Load) => Rates
}

/** As many records of 64 KiB as a batch holds. */
export const LARGE = { batch: 15, 'record-size': 65_536 } as const
const SMALL = { batch: 1000, 'record-size': 100 } as const
const SINGLE = { batch: 1, 'record-size': 100 } as const
/** Nothing reads what is appended, and what is read is not what was appended. */
const APPENDING = { readers: 0 } as const
const READING = { readers: 1, rate: 1, pacing: 'timer' } as const

/** By what of a load costs the generator most: its bytes, its records, or its appends; and on which way these travel. */
export const MEASUREMENTS: Readonly<Record<CeilingName, Measurement>> = {
  'append-bytes': {
    what: 'one session, 64 KiB records appended',
    fields: { ...LARGE, ...APPENDING, closed: 16 },
    rates: appendRates,
  },
  'append-records': {
    what: 'one session, 100 B records appended, 1,000 a batch',
    fields: { ...SMALL, ...APPENDING, closed: 16 },
    rates: appendRates,
  },
  'append-singles': {
    what: 'one session, 100 B records appended one by one',
    fields: { ...SINGLE, ...APPENDING, closed: 256 },
    rates: appendRates,
  },
  'unary-proto': {
    what: 'unary appends in protobuf, 32 at a time',
    fields: { ...SINGLE, ...APPENDING, transport: 'h2-proto', closed: 32 },
    rates: appendRates,
  },
  'read-bytes': {
    what: 'one session, 64 KiB records read',
    fields: { ...LARGE, ...READING },
    rates: readRates,
  },
  'read-records': {
    what: 'one session, 100 B records read',
    fields: { ...SMALL, ...READING },
    rates: readRates,
  },
}

/** Far below any ceiling: what is timed is what the least server and this generator cost together. */
export const PACED: WorkloadFields = { ...SINGLE, ...APPENDING, transport: 'h2-proto', rate: 1000 }
