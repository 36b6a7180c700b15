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
  | 'not-selected'

export const VERDICTS: readonly Verdict[] = [
  'pass',
  'expected',
  'warn',
  'fail',
  'inconclusive',
  'error',
  'not-applicable',
  'not-selected',
]

export interface RequirementResult {
  readonly id: string
  /** The row's title, or the beginning of its statement. */
  readonly title: string
  readonly level: string
  readonly tier: string
  readonly verdict: Verdict
  /** Absent for a pass. */
  readonly reason?: string
  /** The parts of the reason, where the target broke the row: the request, what was looked at, what was allowed, what came. */
  readonly asked?: string
  readonly what?: string
  readonly allowed?: string
  readonly came?: string
  readonly source: string
  /** Why the expectations file forgives it. */
  readonly expectation?: string
  readonly ms: number
  readonly transports: readonly string[]
  readonly observations: readonly string[]
  /** For anything that ran to its end and did not pass: the exchanges, secrets taken out. */
  readonly transcript?: readonly string[]
  /** Where the check left files for whoever looks into it. */
  readonly files?: readonly string[]
  /** The request in question as a command, where one can show it. */
  readonly curl?: string
}

export interface TargetDescription {
  readonly endpoint: string
  readonly profile: string
  /** What it says of itself in the header `server`. */
  readonly implementation?: string
  readonly capabilities: readonly string[]
}

export interface RunResult {
  readonly suite: { readonly name: string; readonly version: string }
  readonly target: TargetDescription
  readonly seed: number
  /** RFC 3339. */
  readonly started: string
  readonly ms: number
  readonly summary: Readonly<Record<Verdict, number>>
  readonly outcome: Outcome
  /** Rows that the expectations file forgives and that passed. */
  readonly stale: readonly string[]
  /** What else the reader should know: clean-up that did not work, an interruption. */
  readonly notes: readonly string[]
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
    'not-selected': 0,
  }
  for (const { verdict } of results) summary[verdict] += 1
  return summary
}

/** Conformant needs something that passed, and nothing that failed, was forgiven in vain or remained open. */
export function outcomeOf(summary: Readonly<Record<Verdict, number>>, stale: readonly string[]): Outcome {
  if (summary.fail > 0 || stale.length > 0) return 'not conformant'
  if (summary.error > 0 || summary.inconclusive > 0 || summary.pass === 0) return 'inconclusive'
  return 'conformant'
}
