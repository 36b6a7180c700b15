import { ConformanceFailure } from '../../client/failures.ts'
import type { ReadSession } from '../../client/stream-client.ts'
import type { Transport } from '../../client/transport.ts'
import { deepEqual } from '../../kit/deep-equal.ts'
import type { SequencedRecord } from '../../proto/types.ts'
import type { StartPoint } from '../../reference-server/semantics/read/read-start.ts'
import type { Oracle } from './oracle.ts'
import { viewedOver } from './raw-view.ts'
import { summary } from './summary.ts'

/** A session that stays open, and how far it has delivered. */
export interface Follower {
  readonly stream: number
  readonly session: ReadSession
  readonly transport: Transport
  readonly point: StartPoint
  /** The number after the last record that it has delivered. */
  next: bigint
}

/** Longest wait for a record that is there, in seconds. */
const DELIVERY_SECONDS = 8

/**
 * Everything that is there by now must come: in order, whole, and nothing left out but what was trimmed, which readers under
 * way may still be given. Returns what came.
 */
export async function catchUp(follower: Follower, oracle: Oracle): Promise<readonly SequencedRecord[]> {
  const ahead = oracle.records.filter(
    (record) => record.seqNum >= follower.next && isWanted(record, follower),
  )
  const due = viewedOver(follower.transport, ahead)
  const last = due.findLast(({ seqNum }) => seqNum >= oracle.state.trimPoint)
  const came: SequencedRecord[] = []
  while (last !== undefined && follower.next <= last.seqNum) {
    const event = await follower.session.next(DELIVERY_SECONDS)
    if (event.kind === 'end' || event.kind === 'error')
      throw fail(due, came, `the ${event.kind} of the session`)
    if (event.kind === 'heartbeat') continue
    for (const record of event.batch.records) {
      came.push(record)
      const isDue = due.some((wanted) => wanted.seqNum === record.seqNum && isSame(wanted, record, oracle))
      const isInOrder = record.seqNum >= follower.next
      const skipped = due.some(
        ({ seqNum }) => seqNum >= follower.next && seqNum < record.seqNum && seqNum >= oracle.state.trimPoint,
      )
      if (!isDue || !isInOrder || skipped) throw fail(due, came, `${record.seqNum} among them`)
      follower.next = record.seqNum + 1n
    }
  }
  return came
}

/** A reader under way may still be given a record that was trimmed before anything showed when it arrived. */
function isSame(wanted: SequencedRecord, actual: SequencedRecord, { assumed }: Oracle): boolean {
  const isAssumed = assumed.includes(wanted.seqNum)
  return deepEqual(isAssumed ? { ...wanted, timestamp: actual.timestamp } : wanted, actual)
}

const isWanted = (record: SequencedRecord, { point }: Follower): boolean =>
  point.from === 'timestamp' ? record.timestamp >= point.timestamp : record.seqNum >= point.seqNum

function fail(due: readonly SequencedRecord[], came: readonly SequencedRecord[], what: string): Error {
  return new ConformanceFailure({
    subject: 'records of the follower',
    expected: JSON.stringify(summary(due)),
    actual: `${JSON.stringify(summary(came))}, ${what}`,
  })
}
