import { InconclusiveError } from '../../client/failures.ts'
import { howMany } from '../../kit/text/how-many.ts'
import type { CheckContext } from '../check/context.ts'
import { checkHistory } from '../history/check-history.ts'
import { describeFinding } from '../history/finding.ts'
import type { History } from '../history/operation.ts'

/** What was looked at, so that a verdict can be weighed. */
export interface CrashCounts {
  readonly operations: number
  readonly acked: number
  /** Appends whose outcome nobody was told. */
  readonly unknown: number
  readonly refused: number
}

/** Throws a `ConformanceFailure` for an anomaly, and is inconclusive where nothing was acknowledged or nothing overlapped. */
export function judgeCrash(
  { expect }: Pick<CheckContext, 'expect'>,
  history: History,
  mayBeSequential: boolean = false,
): CrashCounts {
  const counts = countsOf(history)
  const judgement = checkHistory(history)
  const findings = judgement.verdict === 'violated' ? judgement.findings : []
  expect.that(
    findings.length === 0,
    'what was acknowledged is whole, in place and once; one linearizable history across it all',
    findings.slice(0, 3).map(describeFinding).join('\n'),
  )
  if (judgement.verdict === 'inconclusive' && !mayBeSequential) throw new InconclusiveError(judgement.why)
  if (counts.acked === 0) throw new InconclusiveError('nothing was acknowledged')
  return counts
}

export function countsOf({ operations }: History): CrashCounts {
  const count = (...outcomes: readonly string[]): number =>
    operations.filter(({ did, got }) => did.action === 'append' && outcomes.includes(got.outcome)).length
  return {
    operations: operations.length,
    acked: count('acked'),
    unknown: count('unknown'),
    refused: count('seq-num-mismatch', 'fencing-token-mismatch'),
  }
}

export const describeCounts = ({ operations, acked, unknown, refused }: CrashCounts): string =>
  `${howMany(operations, 'operations')}, ${howMany(acked, 'acknowledged batches')}, ${unknown} of unknown outcome, ${refused} refused by a condition`
