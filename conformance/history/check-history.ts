import { checkAckTails } from './ack-tails.ts'
import { checkContent } from './content.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import type { Finding } from './finding.ts'
import type { History } from './operation.ts'
import { pinOperations } from './pins.ts'
import { placeAppends } from './placement.ts'
import { checkPreconditions } from './preconditions.ts'
import { realTimeOf } from './real-time.ts'
import { checkSessions } from './sessions.ts'
import { sweep } from './sweep.ts'
import { checkResurrections } from './trims.ts'

export type { Evidence } from './evidence.ts'

export type Judgement =
  | { readonly verdict: 'linearizable'; readonly evidence: Evidence }
  | { readonly verdict: 'violated'; readonly evidence: Evidence; readonly findings: readonly Finding[] }
  | { readonly verdict: 'inconclusive'; readonly evidence: Evidence; readonly why: string }

/**
 * Judges a history against its log. The log's own order is the only candidate: each operation is pinned to the states
 * it can have seen, and the history is linearizable exactly if those pins agree with real time. No search is made. The
 * later steps assume what the earlier ones establish, so the first with findings ends it.
 */
export function checkHistory(history: History): Judgement {
  const realTime = realTimeOf(history.operations)
  const evidence = evidenceOf(history.operations, realTime)
  const { placed, findings: misplaced } = placeAppends(history)
  const steps = [
    () => [...misplaced, ...checkContent(history, placed)],
    () => [
      ...checkAckTails(history, placed),
      ...checkPreconditions(placed),
      ...checkSessions(history, placed),
      ...checkResurrections(history, realTime),
    ],
    () => {
      const { pins, findings } = pinOperations(history, placed)
      return findings.length > 0 ? findings : sweep(history.operations, pins, realTime)
    },
  ]
  for (const step of steps) {
    const findings = step()
    if (findings.length > 0) return { verdict: 'violated', evidence, findings }
  }
  if (evidence.overlaps === 0)
    return { verdict: 'inconclusive', evidence, why: 'no two operations overlapped' }
  return { verdict: 'linearizable', evidence }
}
