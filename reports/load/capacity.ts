import type { LoadVerdict, Machine } from './result.ts'

/** The greatest rate at which an objective holds, as `s2-load capacity` writes it to JSON. Rates in appends per second. */
export interface Capacity {
  readonly format: 's2-load-capacity'
  readonly version: 1
  readonly tool: string
  /** RFC 3339. */
  readonly started: string
  readonly target: { readonly label: string; readonly server?: string }
  readonly machines: readonly Machine[]
  /** As its first step was run: the others differ in their rate alone. */
  readonly workload: object
  readonly summary: string
  /** `response-p99 < 20.0 ms`. */
  readonly objectives: readonly string[]
  readonly outcome: CapacityOutcome
  /** The greatest that held, twice; absent where none did. */
  readonly perSecond?: number
  /** The lowest that did not; absent where none was seen to fail. */
  readonly failsAt?: number
  /** The lowest of which it could not be told, where that bounds the search instead. */
  readonly unclearAt?: number
  readonly steps: readonly CapacityStep[]
}

export const CAPACITY_OUTCOMES = [
  'found',
  'holds-throughout',
  'never-holds',
  'unconfirmed',
  'inconclusive',
  'violation',
  'interrupted',
] as const
export type CapacityOutcome = (typeof CAPACITY_OUTCOMES)[number]

export const STEP_VERDICTS = ['holds', 'fails', 'inconclusive', 'violated'] as const

/** One run at one rate. */
export interface CapacityStep {
  readonly perSecond: number
  readonly verdict: (typeof STEP_VERDICTS)[number]
  readonly why: string
  /** What was acknowledged, per second. */
  readonly acked: number
  /** What the run says of its own numbers. */
  readonly run: LoadVerdict
  readonly reasons: readonly string[]
  /** Of the objectives, in microseconds. */
  readonly values: Readonly<Record<string, number>>
}
