import { nounFor } from '../kit/text/how-many.ts'
import type { RunResult, Verdict } from './result.ts'

/** A verdict after the number of its rows: `3 failed as expected`. In the order in which they are told. */
export const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  expected: 'failed as expected',
  warn: 'warned',
  inconclusive: 'inconclusive',
  error: 'errors',
  'not-applicable': 'not applicable',
  'not-run': 'not run',
  'not-selected': 'not selected',
}

export interface Count {
  readonly verdict: Verdict
  readonly count: number
  readonly words: string
}

/** What passed and what failed is always told, the rest where there is any. */
export function countsOf({ summary }: Pick<RunResult, 'summary'>): readonly Count[] {
  return VERDICTS_IN_WORDS.map(([verdict, words]) => ({
    verdict,
    count: summary[verdict],
    words: nounFor(summary[verdict], words),
  })).filter(({ verdict, count }) => count > 0 || verdict === 'pass' || verdict === 'fail')
}

const isVerdict = (key: string): key is Verdict => Object.hasOwn(WORDS, key)
const VERDICTS_IN_WORDS: readonly (readonly [Verdict, string])[] = Object.entries(WORDS).flatMap(
  ([verdict, words]) => (isVerdict(verdict) ? [[verdict, words] as const] : []),
)

/** `480 passed, 0 failed, 21 not applicable`. */
export const sums = (result: Pick<RunResult, 'summary'>): string =>
  countsOf(result)
    .map(({ count, words }) => `${count} ${words}`)
    .join(', ')
