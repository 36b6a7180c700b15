import { batch } from '../../../client/records.ts'
import type { AppendSession } from '../../../client/stream-client.ts'
import type { AppendAck, AppendInput } from '../../../proto/types.ts'
import type { Expect } from '../../check/expect.ts'

/** The next `count` frames of a session, each of them an ack. */
export async function nextAcks(
  expect: Expect,
  session: AppendSession,
  count: number,
): Promise<readonly AppendAck[]> {
  const acks: AppendAck[] = []
  while (acks.length < count) acks.push(expect.ok(await session.next()))
  return acks
}

/** The response ends cleanly: no frame is left, the terminal one included. */
export async function expectEnd(expect: Expect, session: AppendSession): Promise<void> {
  const { status } = await session.next()
  expect.equal(status, 0, 'frames before the end of the response, as a status')
}

/** Each ack is for the batch that was sent in its place, and follows at once on the one before it. */
export function expectAcksInOrder(
  expect: Expect,
  acks: readonly AppendAck[],
  inputs: readonly AppendInput[],
  from: bigint,
): void {
  let next = from
  const ranges = acks.map(({ start, end }) => [start.seqNum, end.seqNum])
  const wanted = inputs.map(({ records }) => {
    const start = next
    next += BigInt(records.length)
    return [start, next]
  })
  expect.equal(ranges, wanted, 'start and end of each ack')
}

/** Batches of one to four records whose bodies say where they stand. */
export const numbered = (name: string, count: number): readonly AppendInput[] =>
  Array.from({ length: count }, (_, index) =>
    batch(...Array.from({ length: 1 + (index % 4) }, (_, place) => `${name} ${index} ${place}`)),
  )

export const recordsOf = (inputs: readonly AppendInput[]): AppendInput['records'] =>
  inputs.flatMap(({ records }) => records)
