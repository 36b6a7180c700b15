import type { StreamClient } from '../../client/stream-client.ts'
import type { AppendRecord, SequencedRecord } from '../../proto/types.ts'
import type { CheckContext } from './context.ts'

type Context = Pick<CheckContext, 'expect'>

/** Check-tail says that the next record gets this number. */
export async function expectTail({ expect }: Context, stream: StreamClient, seqNum: bigint): Promise<void> {
  expect.equal(expect.ok(await stream.checkTail()).seqNum, seqNum, 'tail.seq_num')
}

/** Check-tail and a read from 0 agree that the stream holds these records and no others. */
export async function expectHolds(
  context: Context,
  stream: StreamClient,
  sent: readonly AppendRecord[],
): Promise<readonly SequencedRecord[]> {
  return context.expect.records(await readAll(context, stream), 0n, sent)
}

/** Every record from `from`, which is there, up to the tail of this moment, in as many reads as that takes. */
export async function readAll(
  { expect }: Context,
  stream: StreamClient,
  from: bigint = 0n,
): Promise<readonly SequencedRecord[]> {
  const { seqNum: tail } = expect.ok(await stream.checkTail())
  const records: SequencedRecord[] = []
  for (let next = from; next < tail; ) {
    const page = expect.ok(await stream.read({ seqNum: next, count: tail - next })).records
    expect.that(page.length > 0, `a record from ${next} on, below the tail ${tail}`, page.length)
    for (const record of page) {
      expect.equal(record.seqNum, next, 'seq_num of the next record')
      next += 1n
    }
    records.push(...page)
  }
  return records
}
