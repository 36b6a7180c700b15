import { InconclusiveError } from '../../../client/failures.ts'
import { evidence } from '../../../client/watch.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Requirement } from '../../check/requirement.ts'
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

const historyRow = (id: string, mix: Mix, enough: (evidence: Evidence) => boolean): Requirement => ({
  ...row(id),
  needs: [],
  check: (context) => linearizable(context, mix, enough),
})

export const appendsTakeEffectOnce: Requirement = historyRow('LIN-004', APPENDS, overlapped)
export const refusedAppendsHaveNoEffect: Requirement = historyRow('LIN-005', CONFLICTS, conflicted)
export const readsSeeAState: Requirement = historyRow('LIN-007', READS, overlapped)
export const tailsAreStates: Requirement = historyRow('LIN-008', TAILS, overlapped)
export const acksNamePositions: Requirement = historyRow('LIN-021', FENCING, conflicted)
