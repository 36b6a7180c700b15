import { checkContent } from './content.ts'
import type { Finding } from './finding.ts'
import type { History, Operation } from './operation.ts'
import { pinOperations } from './pins.ts'
import { placeAppends } from './placement.ts'
import { checkPreconditions } from './preconditions.ts'
import { checkSessions } from './sessions.ts'
import { sweep } from './sweep.ts'
import { checkResurrections } from './trims.ts'

/** What a history must contain before "no anomaly" means anything. */
export interface Evidence {
  readonly operations: number
  /** Pairs of operations of different clients that overlapped in time, counted once for each later call. */
  readonly overlaps: number
  readonly refusals: number
  readonly unknown: number
}

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
  const evidence = evidenceOf(history.operations)
  const { placed, findings: misplaced } = placeAppends(history)
  const steps = [
    () => [...misplaced, ...checkContent(history, placed)],
    () => [...checkPreconditions(placed), ...checkSessions(history, placed), ...checkResurrections(history)],
    () => {
      const { pins, findings } = pinOperations(history, placed)
      return findings.length > 0 ? findings : sweep(pins)
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

function evidenceOf(operations: readonly Operation[]): Evidence {
  const byCall = [...operations].sort((a, b) => a.called - b.called)
  let latest: Operation | undefined
  let overlaps = 0
  for (const operation of byCall) {
    if (latest !== undefined && latest.client !== operation.client && latest.returned >= operation.called)
      overlaps++
    if (latest === undefined || operation.returned > latest.returned) latest = operation
  }
  const count = (...outcomes: readonly string[]): number =>
    operations.filter(({ got }) => outcomes.includes(got.outcome)).length
  return {
    operations: operations.length,
    overlaps,
    refusals: count('seq-num-mismatch', 'fencing-token-mismatch'),
    unknown: count('unknown'),
  }
}
