import type { StreamClient } from '../../client/stream-client.ts'
import type { SequencedRecord } from '../../proto/types.ts'
import type { Expect } from './expect.ts'

/** Every record from `from`, which is there, up to the tail of this moment, in as many reads as that takes. */
export async function readAll(
  { expect }: { readonly expect: Expect },
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
