import type { CheckContext } from '../../context.ts'
import { InconclusiveError } from '../../failures.ts'
import { checkHistory, type Evidence } from '../../history/check-history.ts'
import { timelineOf } from '../../history/draw.ts'
import type { History } from '../../history/operation.ts'

/** Of the findings; the first tells the story. */
const SHOWN = 3

/** Judges a history, and draws what breaks it. What the history is evidence of, the row must weigh itself. */
export function expectLinearizable({ expect, record, draw }: CheckContext, history: History): Evidence {
  const judgement = checkHistory(history)
  record(evidenceText(judgement.evidence))
  const findings = judgement.verdict === 'violated' ? judgement.findings : []
  for (const finding of findings.slice(0, SHOWN)) draw(timelineOf(finding, history))
  const complaints = findings.map(({ anomaly, why }) => `${anomaly}: ${why}`)
  expect.none(complaints, 'a linearizable history', 'one order of all operations that explains every answer')
  if (judgement.verdict === 'inconclusive') throw new InconclusiveError(judgement.why)
  return judgement.evidence
}

export const evidenceText = ({ operations, overlaps, refusals, unknown }: Evidence): string =>
  `${operations} operations, ${overlaps} overlaps, ${refusals} refused conditions, ${unknown} unknown outcomes`
