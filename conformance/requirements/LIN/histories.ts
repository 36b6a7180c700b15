import { InconclusiveError } from '../../../client/failures.ts'
import { evidence } from '../../../client/watch.ts'
import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import type { Evidence } from '../../history/check-history.ts'
import { recordHistory } from '../../history/record-history.ts'
import type { Mix } from '../../history/workload.ts'
import { evidenceText, expectLinearizable, JUDGED_LATER } from './expect-linearizable.ts'

const CLIENTS = 8

const OPERATIONS = 40

/**
 * Eight clients at once on one stream, two on each of unary JSON and protobuf, SSE and S2S, and the judgement of what
 * they saw. The rows differ in the mix, so that each meets what it is about often; any anomaly breaks any of them.
 */
async function linearizable(
  context: CheckContext,
  mix: Mix,
  enough: (evidence: Evidence) => boolean,
): Promise<void> {
  const stream = await context.newStream()
  const streams = (['json', 'protobuf', 'sse', 's2s'] as const).map((transport) => stream.over(transport))
  const { random, now } = context
  const history = await evidence(JUDGED_LATER, () =>
    recordHistory({
      streams,
      clients: CLIENTS,
      more: (done) => done < OPERATIONS,
      mix,
      random,
      now,
    }),
  )
  const came = expectLinearizable(context, history)
  if (!enough(came)) throw new InconclusiveError(`too little happened: ${evidenceText(came)}`)
}

const APPENDS: Mix = { append: 6, conditional: 1, fenced: 1, fence: 0, read: 1, checkTail: 1 }

const CONFLICTS: Mix = { append: 1, conditional: 6, fenced: 1, fence: 0, read: 1, checkTail: 1 }

const FENCING: Mix = { append: 1, conditional: 1, fenced: 4, fence: 2, read: 1, checkTail: 1 }

const READS: Mix = { append: 2, conditional: 1, fenced: 0, fence: 0, read: 6, checkTail: 1 }

const TAILS: Mix = { append: 2, conditional: 1, fenced: 0, fence: 0, read: 1, checkTail: 6 }

const overlapped = ({ overlaps }: Evidence): boolean => overlaps >= OPERATIONS

const conflicted = (evidence: Evidence): boolean => overlapped(evidence) && evidence.refusals >= CLIENTS

export const histories: readonly Requirement[] = [
  requirement('LIN-004', 'Append success', (context) => linearizable(context, APPENDS, overlapped)),

  requirement('LIN-005', 'Append definite failure', (context) =>
    linearizable(context, CONFLICTS, conflicted),
  ),

  requirement('LIN-007', 'Read success', (context) => linearizable(context, READS, overlapped)),

  requirement('LIN-008', 'Check-tail success', (context) => linearizable(context, TAILS, overlapped)),

  requirement('LIN-021', 'Positions', (context) => linearizable(context, FENCING, conflicted)),
]
