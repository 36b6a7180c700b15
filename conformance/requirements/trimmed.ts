import type { ReadQuery, StreamClient } from '../../client/stream-client.ts'
import type { AppendRecord, SequencedRecord } from '../../proto/types.ts'
import type { CheckContext } from '../check/context.ts'

/** Removal may lag behind the trim (CMD-020), as long as a check may take. */
const TRIM_SECONDS = 40

/** Waits until reads from 0 begin with `seqNum`, and fails at once when they begin behind it. */
export async function expectTrimmedTo(
  { eventually, expect }: Pick<CheckContext, 'eventually' | 'expect'>,
  stream: StreamClient,
  seqNum: bigint,
): Promise<SequencedRecord> {
  return await eventually(`the first record is number ${seqNum}`, TRIM_SECONDS, async () => {
    const { records } = expect.ok(await stream.read(FIRST))
    const first = records[0]
    const removedTooMuch = first === undefined || first.seqNum > seqNum
    expect.that(!removedTooMuch, `record ${seqNum} is kept`, first?.seqNum ?? 'no record')
    return first?.seqNum === seqNum ? first : undefined
  })
}

/** Waits until no record is left. With a `wait` the read is accepted on every server (CMD-023, CMD-024). */
export async function expectEmptied(
  { eventually, expect }: Pick<CheckContext, 'eventually' | 'expect'>,
  stream: StreamClient,
): Promise<void> {
  await eventually('every record is removed', TRIM_SECONDS, async () => {
    const { records } = expect.ok(await stream.over('protobuf').read({ ...FIRST, wait: 1 }))
    return records.length === 0 ? true : undefined
  })
}

/**
 * Reads from the first record that is left, which must be number `from`: these records and no others, without a
 * hole.
 */
export async function expectKept(
  { expect }: Pick<CheckContext, 'expect'>,
  stream: StreamClient,
  from: bigint,
  sent: readonly AppendRecord[],
): Promise<void> {
  const { records } = expect.ok(await stream.read({ seqNum: 0n, count: BigInt(sent.length + 1) }))
  expect.records(records, from, sent)
}

const FIRST: ReadQuery = { seqNum: 0n, count: 1n }
