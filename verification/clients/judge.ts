import type { TestResult } from './client.ts'
import type { KnownFailure } from './known-failures.ts'

/** What came of a client. */
export type Report = {
  readonly name: string
  readonly title: string
  readonly setup: string
  readonly seconds: number
} & (
  | { readonly kind: 'ran'; readonly verdict: Verdict }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string }
)

export interface Verdict {
  readonly passed: number
  /** Failures that nobody has explained. */
  readonly failed: readonly TestResult[]
  readonly known: readonly { readonly result: TestResult; readonly reason: string }[]
  readonly skipped: readonly TestResult[]
  /** Entries of the known failures that no failure of this run was: they must go. */
  readonly stale: readonly KnownFailure[]
}

/** Sorts a client's results by what is known of its failures. A failure is forgiven only as it is known. */
export function judge(results: readonly TestResult[], known: readonly KnownFailure[]): Verdict {
  const entryOf = ({ test, output }: TestResult): KnownFailure | undefined =>
    known.find((entry) => entry.test === test && entry.came.test(output))
  const failures = results.filter(({ outcome }) => outcome === 'failed')
  const explained = failures.flatMap((result) => {
    const entry = entryOf(result)
    return entry === undefined ? [] : [{ result, entry }]
  })
  const met = new Set(explained.map(({ entry }) => entry))
  return {
    passed: results.filter(({ outcome }) => outcome === 'passed').length,
    failed: failures.filter((result) => entryOf(result) === undefined),
    known: explained.map(({ result, entry }) => ({ result, reason: entry.reason })),
    skipped: results.filter(({ outcome }) => outcome === 'skipped'),
    stale: known.filter((entry) => !met.has(entry) && !entry.sometimes),
  }
}

/** What is wrong with a report, counted: a failure nobody has explained, an entry that is stale, a client that broke. */
export function faultsOf(report: Report): number {
  if (report.kind === 'ran') return report.verdict.failed.length + report.verdict.stale.length
  return report.kind === 'broken' ? 1 : 0
}
