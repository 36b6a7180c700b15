import type { AppendRecord, SequencedRecord } from '../../../proto/types.ts'
import { row } from '../../catalogue/catalogue.ts'
import type { Expect } from '../../expect.ts'
import { record } from '../../records.ts'
import type { Requirement } from '../../requirement.ts'

export const oversizedFrame: Requirement = {
  ...row('REC-028'),
  needs: [],
  async check({ newStream, expect, record: note }) {
    const stream = await newStream()
    // A follower gets the record with the tail, in one frame: a few bytes more than the record alone.
    const follower = await stream.over('s2s').openRead({ seqNum: 0n })
    // 8 + 4 * 262,142 = 1,048,576 metered bytes, and twice as many as a protobuf message.
    expect.ok(await stream.over('protobuf').append({ records: [manyHeaders(262_142, 'v')] }))
    const outcome = await follower.records(1).then(
      () => 'the record',
      (error: unknown) => `no record (${error instanceof Error ? error.message : String(error)})`,
    )
    follower.cancel()
    note(`what a follower over S2S got: ${outcome}`)
    for (const unary of ['protobuf', 'base64'] as const) {
      const { records } = expect.ok(await stream.over(unary).read({ seqNum: 0n }))
      expectHeaders(expect, records, 262_142, 1)
    }
  },
}

function manyHeaders(count: number, value: string): AppendRecord {
  const { headers } = record('', { headers: [['n', value]] })
  const [header] = headers
  return {
    headers: header === undefined ? [] : Array.from({ length: count }, () => header),
    body: new Uint8Array(0),
  }
}

/** One record with this many headers, each a name of one byte and a value of this length. */
function expectHeaders(
  expect: Expect,
  records: readonly SequencedRecord[],
  count: number,
  valueLength: number,
): void {
  const lengths = records.map(({ headers }) => headers.length)
  expect.equal(lengths, [count], 'headers of the record')
  const others = records
    .flatMap(({ headers }) => headers)
    .filter(({ name, value }) => name.length !== 1 || value.length !== valueLength)
  expect.equal(others.length, 0, 'headers of another size')
}
