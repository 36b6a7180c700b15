import {
  ConformanceFailure,
  type Finding,
  InconclusiveError,
  NotApplicableError,
} from '../../client/failures.ts'
import { TargetError } from '../../client/target-error.ts'
import { describeError } from '../../kit/message-of.ts'
import { RunEnded } from '../../kit/run-ended.ts'
import type { Requirement } from '../check/requirement.ts'

/** What a check that was run can come to. */
export type CheckVerdict = 'pass' | 'not-applicable' | 'fail' | 'warn' | 'inconclusive' | 'error'

export interface Judgement {
  readonly verdict: CheckVerdict
  /** Absent when it passed. */
  readonly reason?: string
  readonly finding?: Finding
  /** It was not the check that ended the check. */
  readonly ending?: 'interrupted'
}

/** How a check ended: without a word, after so many looks at something, or by throwing. */
export type Ending =
  | { readonly ended: 'well'; readonly looks: number }
  | { readonly ended: 'thrown'; readonly error: unknown }

/** The verdict on one check: the target's fault, missing evidence and our own fault are three different things. */
export function judge(row: Pick<Requirement, 'level' | 'tier'>, ending: Ending): Judgement {
  if (ending.ended === 'well') {
    return ending.looks > 0
      ? { verdict: 'pass' }
      : { verdict: 'error', reason: 'the check looked at nothing' }
  }
  const { error } = ending
  if (error instanceof ConformanceFailure) return { ...blame(row, error.message), finding: error.finding }
  if (error instanceof TargetError && error.isFinding) return blame(row, error.message)
  if (error instanceof NotApplicableError) return { verdict: 'not-applicable', reason: error.message }
  if (error instanceof InconclusiveError) return { verdict: 'inconclusive', reason: error.message }
  if (error instanceof RunEnded) {
    return { verdict: 'inconclusive', reason: error.message, ending: 'interrupted' }
  }
  if (error instanceof TargetError) return { verdict: 'error', reason: error.message }
  return { verdict: 'error', reason: `the check itself failed: ${describeError(error)}` }
}

/** Only a MUST of a tier that is known to hold fails a target; anything else is worth a warning. */
function blame({ level, tier }: Pick<Requirement, 'level' | 'tier'>, reason: string): Judgement {
  if (tier === 'hosted') return { verdict: 'warn', reason: `unverified: ${reason}` }
  if (tier === 'probe' || level !== 'MUST') return { verdict: 'warn', reason }
  return { verdict: 'fail', reason }
}
