import type { Operation, Outcome, Seen } from '../../conformance/history/operation.ts'
import type { Asked, Observed } from './observer.ts'
import type { Entry } from './witness.ts'

/**
 * An observation in the words of the history checker, which knows reads by number only. The log says where a timestamp
 * stands. What is read from so many records before the tail tells which tail that was.
 */
export function operationsOf(
  { call, returned, returnedAt, did, got }: Observed,
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
  const trims = kept.filter(({ durableAt }) => durableAt <= returnedAt)
  const reads = readsOf(from, did.count, got, trims).map((read): Operation => ({ ...asked, ...read }))
  const { tailOffset } = did.start
  // A read that began at a trim point may have begun late.
  const isTrimmed = kept.some(({ sequenced }) => sequenced.state.trimPoint === first)
  if (tailOffset === undefined || first === undefined || first === 0n || isTrimmed) return reads
  const seqNum = first + tailOffset
  const timestamp = log[Number(seqNum) - 1]?.timestamp ?? 0n
  return [
    ...reads,
    { ...asked, did: { action: 'check-tail' }, got: { outcome: 'tail', tail: { seqNum, timestamp } } },
  ]
}

/**
 * A slow read may be overtaken by a trim between two pages: then it goes on at the trim point (CMD-022), and is as good as one
 * read that ended before and another that began there.
 */
function readsOf(
  from: bigint,
  count: number,
  got: Extract<Outcome, { readonly outcome: 'records' }>,
  trims: readonly Entry[],
): readonly Pick<Operation, 'did' | 'got'>[] {
  const { records } = got
  const resumed = records.findIndex(
    ({ seqNum }, index) =>
      seqNum !== (records[index - 1]?.seqNum ?? seqNum - 1n) + 1n &&
      trims.some(({ sequenced }) => sequenced.state.trimPoint === seqNum),
  )
  const after = records[resumed]
  if (after === undefined) return [{ did: { action: 'read', from, count }, got }]
  const before = records.slice(0, resumed)
  return [
    { did: { action: 'read', from, count: resumed }, got: { ...got, records: before } },
    ...readsOf(after.seqNum, count - resumed, { ...got, records: records.slice(resumed) }, trims),
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
