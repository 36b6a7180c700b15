import type { Answer } from '../../../client/answer.ts'
import { record } from '../../../client/records.ts'
import type { ReadQuery, ReadResult, StreamClient } from '../../../client/stream-client.ts'
import { isS2s, type Transport } from '../../../client/transport.ts'
import type { AppendRecord, Position, SequencedRecord } from '../../../proto/types.ts'
import type { CheckContext } from '../../check/context.ts'
import type { Expect } from '../../check/expect.ts'

/**
 * The stream on which most reads are judged: numbers 0 to 9, timestamps 100, 200, ... 1000, every record of
 * metered size 20.
 */
export const ladder: readonly AppendRecord[] = Array.from({ length: 10 }, (_, index) =>
  record(`record no. ${index}`, { timestamp: BigInt(index + 1) * 100n }),
)

export const ladderTail: Position = { seqNum: 10n, timestamp: 1000n }

/** A fresh stream that holds the ladder and nothing else. */
export async function newLadder({ newStream, expect }: CheckContext): Promise<StreamClient> {
  const stream = await newStream()
  expect.equal(expect.ok(await stream.append({ records: ladder })).end, ladderTail, 'end of the ladder')
  return stream
}

/** `200` with exactly the `count` records of the ladder that begin with number `first`. */
export function expectLadder(
  expect: Expect,
  answer: Answer<ReadResult>,
  first: number,
  count: number = ladder.length - first,
): void {
  expectStamped(expect, expect.ok(answer).records, BigInt(first), ladder.slice(first, first + count))
}

/** As `expect.records`, and the timestamps are those that were sent. */
export function expectStamped(
  expect: Expect,
  records: readonly SequencedRecord[],
  from: bigint,
  sent: readonly AppendRecord[],
): void {
  expect.records(records, from, sent)
  expect.equal(
    records.map(({ timestamp }) => timestamp),
    sent.map(({ timestamp }) => timestamp ?? 0n),
    'timestamps',
  )
}

export const isSession = (transport: Transport): boolean => transport === 'sse' || isS2s(transport)

/** The query as it is on a unary transport; on a session bounded by a count that no check reaches, so that it ends. */
export const bounded = (transport: Transport, query: ReadQuery): ReadQuery =>
  isSession(transport) ? { count: 100_000n, ...query } : query
