import type { CheckContext } from '../../context.ts'
import { InconclusiveError } from '../../failures.ts'
import { checkHistory, type Evidence } from '../../history/check-history.ts'
import { timelineOf } from '../../history/draw.ts'
import { describeFinding } from '../../history/finding.ts'
import type { History } from '../../history/operation.ts'

/** Of the findings; the first tells the story. */
const SHOWN = 3

/** Judges a history, and draws what breaks it. What the history is evidence of, the row must weigh itself. */
export function expectLinearizable({ expect, record, draw }: CheckContext, history: History): Evidence {
  const judgement = checkHistory(history)
  record(evidenceText(judgement.evidence))
  const findings = judgement.verdict === 'violated' ? judgement.findings : []
  for (const finding of findings.slice(0, SHOWN)) draw(timelineOf(finding, history))
  expect.that(
    findings.length === 0,
    'a linearizable history',
    findings.slice(0, SHOWN).map(describeFinding).join('\n'),
  )
  if (judgement.verdict === 'inconclusive') throw new InconclusiveError(judgement.why)
  return judgement.evidence
}

export const evidenceText = ({ operations, overlaps, refusals, unknown }: Evidence): string =>
  `${operations} operations, ${overlaps} overlaps, ${refusals} refused conditions, ${unknown} unknown outcomes`
