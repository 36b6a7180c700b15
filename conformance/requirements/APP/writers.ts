import { InconclusiveError } from '../../../client/failures.ts'
import { batch } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import type { AppendAck, AppendInput } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import { readAll } from '../../check/read-back.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { nextAcks } from '../S2S/session.ts'
import { FRAMES } from '../transports.ts'

export const writers: readonly Requirement[] = [
  requirement('APP-046', 'Order within a session', { on: FRAMES }, (context) =>
    judgeWriters(context, [writeSession, writeSession, writeSession]),
  ),

  requirement(
    'APP-060',
    'Unary and session writers share one order',
    { on: ['json', 'base64', 'protobuf'] },
    (context) => judgeWriters(context, [writeUnary, writeSession, writeUnary, writeSession]),
  ),
]

type Writer = (
  context: CheckContext,
  stream: StreamClient,
  inputs: readonly AppendInput[],
) => Promise<readonly AppendAck[]>

/** All writers at once; what is stored is one sequence without gaps, in which each writer's order is kept. */
async function judgeWriters(context: CheckContext, writers: readonly Writer[]): Promise<void> {
  const { newStream, expect } = context
  const stream = await newStream()
  const written = await Promise.all(
    writers.map(async (write, writer) => {
      const inputs = Array.from({ length: 40 }, (_, turn) =>
        batch(`${writer} ${turn} a`, `${writer} ${turn} b`),
      )
      return { inputs, acks: await write(context, stream, inputs) }
    }),
  )
  const stored = await readAll(context, stream)
  expect.equal(
    stored.map(({ seqNum }) => seqNum),
    stored.map((_, index) => BigInt(index)),
    'numbers of the records',
  )
  expect.equal(stored.length, writers.length * 80, 'number of records')
  for (const { inputs, acks } of written) {
    const starts = acks.map(({ start }) => start.seqNum)
    expect.equal(starts, [...starts].sort(ascending), "starts of one writer's batches")
    for (const [turn, { start, end }] of acks.entries()) {
      const held = stored.filter(({ seqNum }) => seqNum >= start.seqNum && seqNum < end.seqNum)
      expect.equal(end.seqNum - start.seqNum, 2n, 'numbers of a batch of two')
      expect.records(held, start.seqNum, inputs[turn]?.records ?? [])
    }
  }
  demandInterleaving(
    context,
    written.map(({ acks }) => acks),
  )
}

const WINDOW = 4

/** Pipelined: up to four batches are without an ack. */
async function writeSession(
  { expect }: CheckContext,
  stream: StreamClient,
  inputs: readonly AppendInput[],
): Promise<readonly AppendAck[]> {
  const session = await stream.openAppend()
  const acks: AppendAck[] = []
  for (const [sent, input] of inputs.entries()) {
    acks.push(...(await nextAcks(expect, session, sent < WINDOW ? 0 : 1)))
    await session.send(input)
  }
  session.closeSending()
  return [...acks, ...(await nextAcks(expect, session, inputs.length - acks.length))]
}

async function writeUnary(
  { expect }: CheckContext,
  stream: StreamClient,
  inputs: readonly AppendInput[],
): Promise<readonly AppendAck[]> {
  const acks: AppendAck[] = []
  for (const input of inputs) acks.push(expect.ok(await stream.append(input)))
  return acks
}

/** Evidence that writers met: in the order of the numbers, the batches change hands in the middle of their work. */
function demandInterleaving({ record }: CheckContext, acks: readonly (readonly AppendAck[])[]): void {
  const owners = acks
    .flatMap((own, writer) => own.map(({ start }) => ({ writer, at: start.seqNum })))
    .sort((left, right) => ascending(left.at, right.at))
  const changes = owners.filter(
    ({ writer }, index) => index > 0 && writer !== owners[index - 1]?.writer,
  ).length
  if (changes < acks.length) {
    throw new InconclusiveError(`the batches of ${acks.length} writers changed hands only ${changes} times`)
  }
  record(`the batches of ${acks.length} writers changed hands ${changes} times`)
}

const ascending = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0)
