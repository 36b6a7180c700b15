import type { Machine } from './result.ts'

/**
 * What a load generator can do at most: appends on a session by their bytes, by their records, one by one, and one by one as
 * requests; and reads by their bytes and by their records.
 */
export const CEILINGS = [
  'append-bytes',
  'append-records',
  'append-singles',
  'unary-proto',
  'read-bytes',
  'read-records',
] as const
export type CeilingName = (typeof CEILINGS)[number]

/** Per second; bytes of record bodies. Of what is read the batches are not counted. */
export interface Rates {
  readonly appends: number
  readonly records: number
  readonly bytes: number
}

/** Microseconds. */
export interface Span {
  readonly p50: number
  readonly p99: number
}

/** What one thread of the generator reached against a server that does next to nothing. */
export interface CalibrationFigures {
  readonly ceilings: Readonly<Record<CeilingName, Rates>>
  /** Of 1,000 unary appends a second: what the least server and the generator cost together. */
  readonly floor: Span
  /** Of the same, how late the generator began. */
  readonly lag: Span
}

/** As `s2-load calibrate` keeps it, for the machine that it was measured on. */
export interface Calibration extends CalibrationFigures {
  readonly format: 's2-load-calibration'
  readonly version: 1
  /** Of the tool. */
  readonly tool: string
  /** RFC 3339. */
  readonly measured: string
  readonly machine: Machine
}

/** The calibration that a result stands beside, and how near to it the run came. */
export interface CeilingFigures extends CalibrationFigures {
  /** When that was measured. RFC 3339. */
  readonly calibrated: string
  /** Of what the threads can do, the part that appends and the readers at the tail took; 1 is all of it. */
  readonly load?: number
  /** And those that caught up. */
  readonly catchUp?: number
}
