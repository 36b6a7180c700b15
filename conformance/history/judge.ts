import type { HistoryResult } from '../../reports/history.ts'
import { checkHistory } from './check-history.ts'
import { timelineOf } from './draw.ts'
import type { Evidence } from './evidence.ts'
import type { About } from './file/format.ts'
import type { History } from './operation.ts'

/** So many violations are shrunk and shown; where one is there are often thousands. */
const SHOWN = 3

export interface Judging {
  readonly about: About
  readonly notes: readonly string[]
  /** What else happened, such as faults: shown with the rest. */
  readonly receipts: Readonly<Record<string, number>>
  /** Why the history proves nothing even if nothing is wrong with it. */
  readonly doubt: (evidence: Evidence) => string | undefined
  readonly loadMs?: number
}

/** The judgement as a value for reports. */
export function judgeHistory(
  history: History,
  { about, notes, receipts, doubt, loadMs }: Judging,
): HistoryResult {
  const begun = performance.now()
  const judgement = checkHistory(history)
  const checkMs = performance.now() - begun
  const findings = judgement.verdict === 'violated' ? judgement.findings : []
  const why = judgement.verdict === 'inconclusive' ? judgement.why : doubt(judgement.evidence)
  const verdict =
    judgement.verdict === 'linearizable' && why !== undefined ? 'inconclusive' : judgement.verdict
  const { operations, overlaps, acknowledged, refusals, unknown, reads, tails, deliveries, lateStarts } =
    judgement.evidence
  return {
    verdict,
    target: about.target,
    workload: about.workload,
    seed: about.seed,
    ...(verdict === 'inconclusive' && why !== undefined && { why }),
    evidence: {
      operations,
      overlaps,
      'acknowledged appends': acknowledged,
      'refused conditions': refusals,
      'of unknown outcome': unknown,
      reads,
      tails,
      'followed batches': deliveries,
      'reads behind a trim': lateStarts,
      ...receipts,
    },
    timelines: findings.slice(0, SHOWN).map((finding) => timelineOf(finding, history)),
    violations: findings.length,
    notes,
    checkMs,
    ...(loadMs !== undefined && { loadMs }),
  }
}
