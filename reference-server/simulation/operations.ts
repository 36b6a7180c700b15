import type { Operation, Seen } from '../../conformance/history/operation.ts'
import type { Asked, Observed } from './observer.ts'
import type { Entry } from './witness.ts'

/**
 * An observation in the words of the history checker, which knows reads by number only. The log says where a timestamp
 * stands. What is read from so many records before the tail tells which tail that was.
 */
export function operationsOf(
  { call, returned, did, got }: Observed,
  log: readonly Seen[],
  kept: readonly Entry[],
): readonly Operation[] {
  const { id, client, called } = call
  const asked = { id, client, called, returned }
  if (did.action !== 'read') return [{ ...asked, did, got }]
  if (got.outcome !== 'records') return []
  const first = got.records[0]?.seqNum
  const from = placeOf(did.start, log) ?? first
  if (from === undefined) return []
  const read: Operation = { ...asked, did: { action: 'read', from, count: did.count }, got }
  const { tailOffset } = did.start
  // A read that began at a trim point may have begun late.
  const isTrimmed = kept.some(({ sequenced }) => sequenced.state.trimPoint === first)
  if (tailOffset === undefined || first === undefined || first === 0n || isTrimmed) return [read]
  const seqNum = first + tailOffset
  const timestamp = log[Number(seqNum) - 1]?.timestamp ?? 0n
  return [
    read,
    { ...asked, did: { action: 'check-tail' }, got: { outcome: 'tail', tail: { seqNum, timestamp } } },
  ]
}

function placeOf(
  { seqNum, timestamp }: Extract<Asked, { action: 'read' }>['start'],
  log: readonly Seen[],
): bigint | undefined {
  if (seqNum !== undefined) return seqNum
  if (timestamp === undefined) return undefined
  const place = log.findIndex((record) => record.timestamp >= timestamp)
  return BigInt(place === -1 ? log.length : place)
}
