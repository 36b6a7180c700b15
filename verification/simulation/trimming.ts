import { VERY_LATE } from './life.ts'
import { OPTIONS } from './machine.ts'
import type { Observed } from './observer.ts'
import { describe } from './simulated-stream.ts'
import type { Violation } from './violation.ts'
import type { Entry } from './witness.ts'

const DELAY = OPTIONS.trimDelay * 1000

/** A trim has taken effect after its delay, the lateness of a timer, and the time that an answer of the disk takes. */
const BY_THEN = DELAY + VERY_LATE + 10_000

/** A trim hides nothing before its time, except after a restart, and everything after it (CMD-020). */
export function checkTrimming(
  observed: readonly Observed[],
  kept: readonly Entry[],
  starts: readonly number[],
): readonly Violation[] {
  const trims = kept.filter(({ sequenced }) => sequenced.state.trimPoint > 0n)
  const violations: Violation[] = []
  for (const one of observed) {
    const { call, did, got, returnedAt } = one
    const first = got.outcome === 'records' ? got.records[0]?.seqNum : undefined
    const due = did.action === 'follow' ? did.from : did.action === 'read' ? did.start.seqNum : undefined
    if (first === undefined) continue
    const report = (what: string) =>
      violations.push({ judge: 'trimming', what: `${describe(call.stream)}, operation ${call.id}: ${what}` })
    const mayHide = ({ sequenced, durableAt }: Entry): boolean =>
      sequenced.state.trimPoint >= first &&
      (durableAt + DELAY <= returnedAt || starts.some((start) => durableAt <= start && start <= returnedAt))
    if (due !== undefined && first > due && !trims.some(mayHide)) {
      report(`began at ${first} instead of ${due}, which no trim in effect explains`)
    }
    const hides = ({ sequenced, durableAt }: Entry): boolean =>
      sequenced.state.trimPoint > first && durableAt + BY_THEN < call.at
    if (did.action === 'read' && trims.some(hides)) report(`was given ${first}, long after it was trimmed`)
  }
  return violations
}
