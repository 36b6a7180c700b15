import { InconclusiveError } from '../../../client/failures.ts'
import { watched } from '../../../client/watch.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import type { CheckContext } from '../../check/context.ts'
import { checkHistory, type Evidence } from '../../history/check-history.ts'
import { timelineOf } from '../../history/draw.ts'
import type { History, Outcome } from '../../history/operation.ts'

/** Of the findings; the first tells the story. */
const SHOWN = 3

/** Judges a history, and draws what breaks it. What the history is evidence of, the row must weigh itself. */
export function expectLinearizable({ expect, record, draw }: CheckContext, recorded: History): Evidence {
  const history = {
    operations: recorded.operations.map((each) => ({ ...each, got: watchedOutcome(each.got) })),
    log: watched(recorded.log, 'log'),
  }
  const judgement = checkHistory(history)
  record(evidenceText(judgement.evidence))
  const findings = judgement.verdict === 'violated' ? judgement.findings : []
  for (const finding of findings.slice(0, SHOWN)) draw(timelineOf(finding, history))
  const complaints = findings.map(({ anomaly, why }) => `${anomaly}: ${why}`)
  expect.none(complaints, 'a linearizable history', 'one order of all operations that explains every answer')
  if (judgement.verdict === 'inconclusive') throw new InconclusiveError(judgement.why)
  return judgement.evidence
}

/** Why clients of a history are told the truth: a client that is lied to asks for something else from then on. */
export const JUDGED_LATER =
  'what the clients of a history are told is judged when all of it has been taken down'

/** What the target told, in what a client took down; the rest is its own. */
function watchedOutcome(got: Outcome): Outcome {
  switch (got.outcome) {
    case 'acked': {
      const { start, end, tail } = watched(got, 'ack')
      return { outcome: 'acked', start, end, tail }
    }
    case 'tail':
    case 'unwritten':
      return { ...got, tail: watched(got.tail, got.outcome) }
    case 'records':
      return { ...got, records: watched(got.records, got.complete ? 'whole records' : 'records') }
    case 'seq-num-mismatch':
      return { ...got, actual: watched({ actual: got.actual }, got.outcome).actual }
    case 'fencing-token-mismatch':
      return { ...got, actual: watched({ actual: got.actual }, got.outcome).actual }
    default:
      return got
  }
}

export const evidenceText = ({ operations, overlaps, refusals, unknown }: Evidence): string =>
  [
    howMany(operations, 'operations'),
    howMany(overlaps, 'overlaps'),
    howMany(refusals, 'refused conditions'),
    howMany(unknown, 'unknown outcomes'),
  ].join(', ')
