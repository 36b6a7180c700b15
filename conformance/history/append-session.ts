import { ConformanceFailure } from '../../client/failures.ts'
import type { AppendSession, StreamClient } from '../../client/stream-client.ts'
import { TargetError } from '../../client/target-error.ts'
import type { Action, Outcome } from './operation.ts'
import type { OperationLog } from './operation-log.ts'
import { appendOutcome, inputOf } from './perform.ts'

type Append = Extract<Action, { action: 'append' }>

/** Seconds for each ack: a session that is stalled for longer has lost it. */
const ACK_SECONDS = 10

/**
 * Sends batches in one S2S session, none of them waiting for the ack of the one before, and takes down what became of
 * each. Resolves to the outcomes that came, in order. An answer that cannot be read ends the session; without
 * `onUnreadable` it rejects.
 */
export async function appendInSession(
  stream: StreamClient,
  batches: readonly Append[],
  notebook: OperationLog,
  client: number,
  onUnreadable?: (failure: ConformanceFailure) => void,
): Promise<readonly Outcome[]> {
  const sent: { readonly did: Append; readonly called: number }[] = []
  const outcomes: Outcome[] = []
  let session: AppendSession | undefined
  try {
    session = (await stream.openAppendAnswer()).value
    if (session === undefined) return []
    for (const did of batches) {
      sent.push({ did, called: notebook.now() })
      await session.send(inputOf(did))
    }
    for (const { did, called } of sent) {
      const got = appendOutcome(await session.next(ACK_SECONDS))
      outcomes.push(got)
      notebook.add(client, called, did, got)
      if (got.outcome !== 'acked') break
    }
  } catch (error) {
    if (error instanceof ConformanceFailure && onUnreadable !== undefined) onUnreadable(error)
    else if (!(error instanceof TargetError)) throw error
  } finally {
    session?.closeSending()
    session?.cancel()
    // A refusal ends a session: what was sent behind it may have no effect, and the judge will see to that.
    for (const { did, called } of sent.slice(outcomes.length))
      notebook.add(client, called, did, { outcome: 'unknown' })
  }
  return outcomes
}
