import type { Timeline } from './timeline.ts'

/** What became of one requirement. Skipped is not green: what was not run has its own words for it. */
export type Verdict =
  | 'pass'
  /** Broken as the expectations file says. */
  | 'expected'
  /** A SHOULD, a probe or an unverified row did not hold. */
  | 'warn'
  | 'fail'
  /** The evidence did not come. */
  | 'inconclusive'
  /** Our fault, or the connection's. */
  | 'error'
  /** The target lacks a capability that the row is about. */
  | 'not-applicable'
  /** It was to be judged, and the run ended before that: interrupted, or out of its budget. */
  | 'not-run'
  | 'not-selected'

/** Whether this has the form of a row's id: `APP-001`, `CP-BAS-012`, `DUR-003-PAUSED`. */
export const isRowId = (id: string): boolean => id.length <= 40 && /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/.test(id)

export const VERDICTS: readonly Verdict[] = [
  'pass',
  'expected',
  'warn',
  'fail',
  'inconclusive',
  'error',
  'not-applicable',
  'not-run',
  'not-selected',
]

export interface RequirementResult {
  readonly id: string
  /** The row's title, or the beginning of its statement. */
  readonly title: string
  /** What must hold, whole. */
  readonly statement: string
  readonly level: string
  readonly tier: string
  readonly verdict: Verdict
  /** Absent for a pass. */
  readonly reason?: string
  /** The parts of the reason. Present if the target broke the row. */
  readonly request?: string
  readonly subject?: string
  readonly expected?: string
  readonly actual?: string
  readonly source: string
  /** Why the expectations file forgives it. */
  readonly expectation?: string
  readonly ms: number
  /** Of all its checks; absent where none was run. */
  readonly traffic?: Traffic
  readonly transports: readonly string[]
  readonly observations: readonly string[]
  /** For anything that ran to its end and did not pass: the exchanges, secrets taken out. */
  readonly transcript?: readonly string[]
  /** Where the check left files for whoever looks into it. */
  readonly files?: readonly string[]
  /** The request in question as a command, where one can show it. */
  readonly curl?: string
  /** The histories that break it, one drawing each. */
  readonly timelines?: readonly Timeline[]
}

export interface TargetDescription {
  readonly endpoint: string
  readonly profile: string
  /** What it says of itself in the header `server`. */
  readonly implementation?: string
  readonly capabilities: readonly string[]
  /** The options that name it, for a command line that judges it again; none for the one that comes with the suite. */
  readonly options: string
}

/** What a run asked of the target, over all its requests. */
export interface Traffic {
  readonly requests: number
  /** Of bodies, in bytes, before TLS and the framing of HTTP. */
  readonly sent: number
  readonly received: number
}

/** The part of an id before its number, which is the area of the row: `APP`, `CP-BAS`. */
export const areaOf = (id: string): string => id.replace(/-\d.*$/, '')

export interface RunResult {
  /** Version of this model. Format 1 had the keys `asked`, `what`, `allowed`, `came` and `again`. */
  readonly format: 2
  readonly suite: { readonly name: string; readonly version: string }
  readonly target: TargetDescription
  readonly seed: number
  /** The options, other than those of the target, that a verdict depends on: profile, expectations, extent. Absent where none was given. */
  readonly choice?: string
  /** The command that repeats the whole run. Present if its rows cannot be run alone. */
  readonly reproduce?: string
  /** RFC 3339. */
  readonly started: string
  readonly ms: number
  readonly summary: Readonly<Record<Verdict, number>>
  readonly outcome: Outcome
  /** Rows that the expectations file forgives and that passed. */
  readonly stale: readonly string[]
  /** What else the reader should know: clean-up that did not work, an interruption. */
  readonly notes: readonly string[]
  readonly traffic: Traffic
  /** What the areas are about, in the order of the catalogue. */
  readonly areas: readonly { readonly id: string; readonly title: string }[]
  /** In the order of their ids. */
  readonly results: readonly RequirementResult[]
}

export type Outcome = 'conformant' | 'not conformant' | 'inconclusive'

export function summarize(results: readonly RequirementResult[]): Record<Verdict, number> {
  const summary: Record<Verdict, number> = {
    pass: 0,
    expected: 0,
    warn: 0,
    fail: 0,
    inconclusive: 0,
    error: 0,
    'not-applicable': 0,
    'not-run': 0,
    'not-selected': 0,
  }
  for (const { verdict } of results) summary[verdict] += 1
  return summary
}

/** Conformant needs something that passed, and nothing that failed, was forgiven in vain, remained open or was not reached. */
export function outcomeOf(summary: Readonly<Record<Verdict, number>>, stale: readonly string[]): Outcome {
  if (summary.fail > 0 || stale.length > 0) return 'not conformant'
  const isOpen = summary.error > 0 || summary.inconclusive > 0 || summary['not-run'] > 0
  if (isOpen || summary.pass === 0) return 'inconclusive'
  return 'conformant'
}
