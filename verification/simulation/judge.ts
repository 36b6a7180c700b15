import { checkHistory } from '../../conformance/history/check-history.ts'
import { describeFinding } from '../../conformance/history/finding.ts'
import type { Seen } from '../../conformance/history/operation.ts'
import { seen } from './clients/batches.ts'
import type { Observed } from './observer.ts'
import { operationsOf } from './operations.ts'
import { describe } from './simulated-stream.ts'
import { checkTrimming } from './trimming.ts'
import type { Violation } from './violation.ts'
import type { Entry } from './witness.ts'

/** What the judges looked at, so that "no violation" means something. */
export interface Evidence {
  readonly histories: number
  /** Pairs of operations that overlapped. */
  readonly overlaps: number
  /** Acknowledged batches, each of them looked for after everything. */
  readonly acknowledged: number
  /** Appends that were refused for a condition. */
  readonly refusals: number
  /** Appends of unknown outcome, and those among them that took effect. */
  readonly unknown: number
  readonly unknownKept: number
  /** Followers that were looked for at the tail in the end. */
  readonly followers: number
}

export interface Judged {
  readonly violations: readonly Violation[]
  readonly evidence: Evidence
}

export interface Run {
  /** In the order in which they were sequenced; each is on the disk or lost by now. */
  readonly entries: readonly Entry[]
  readonly observed: readonly Observed[]
  /** Virtual microseconds at which servers came up. */
  readonly starts: readonly number[]
  readonly followers: number
}

/** Judges each stream by its history, against what the disk has of it in the end. */
export function judge({ entries, observed, starts, followers }: Run): Judged {
  const violations: Violation[] = []
  const keptOf = Map.groupBy(
    entries.filter(({ fate }) => fate === 'durable'),
    ({ stream, generation }) => `${stream.index}/${generation}`,
  )
  const observedOf = Map.groupBy(observed, ({ call }) => `${call.stream.index}/${call.generation}`)
  let overlaps = 0
  for (const [key, ofStream] of observedOf) {
    const kept = keptOf.get(key) ?? []
    const log: readonly Seen[] = kept.flatMap(({ sequenced }) => sequenced.records.map(seen))
    const operations = ofStream.flatMap((one) => operationsOf(one, log, kept))
    const judgement = checkHistory({ operations, log })
    overlaps += judgement.evidence.overlaps
    const what = ofStream[0] === undefined ? key : describe(ofStream[0].call.stream)
    const found = judgement.verdict === 'violated' ? judgement.findings.map(describeFinding) : []
    violations.push(
      ...found.map((finding): Violation => ({ judge: 'history', what: `${what}: ${finding}` })),
      ...checkTrimming(ofStream, kept, starts),
    )
  }
  return {
    violations,
    evidence: { histories: observedOf.size, overlaps, followers, ...count(entries, observed) },
  }
}

function count(
  entries: readonly Entry[],
  observed: readonly Observed[],
): Omit<Evidence, 'histories' | 'overlaps' | 'followers'> {
  const kept = new Set(entries.filter(({ fate }) => fate === 'durable').map(({ operation }) => operation))
  const having = (...outcomes: readonly string[]) =>
    observed.filter(({ got }) => outcomes.includes(got.outcome))
  const unknown = having('unknown')
  return {
    acknowledged: having('acked').length,
    refusals: having('seq-num-mismatch', 'fencing-token-mismatch').length,
    unknown: unknown.length,
    unknownKept: unknown.filter(({ call }) => kept.has(call.id)).length,
  }
}
