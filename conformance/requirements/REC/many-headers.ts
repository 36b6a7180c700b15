import { record } from '../../../client/records.ts'
import { isObject } from '../../../kit/is-object.ts'
import { messageOf } from '../../../kit/message-of.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { getRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const manyHeadersRows: readonly Requirement[] = [
  onStream('REC-028', 'Oversized read frames', async ({ stream, expect, record: note }) => {
    // A follower gets the record with the tail, in one frame: a few bytes more than the record alone.
    const follower = await stream.over('s2s').openRead({ seqNum: 0n })
    expect.ok(await stream.over('protobuf').append({ records: [manyHeaders] }))
    const outcome = await follower.records(1).then(
      () => 'the record',
      (error: unknown) => `no record (${messageOf(error)})`,
    )
    follower.cancel()
    note(`what a follower over S2S got: ${outcome}`)

    const [inProtobuf, ...more] = expect.ok(await stream.over('protobuf').read({ seqNum: 0n })).records
    expect.equal(more.length, 0, 'further records')
    expect.equal(inProtobuf?.headers.length, HEADERS, 'headers in protobuf')
    const json = expect.ok(await getRecords(stream, 'seq_num=0'))
    expect.equal(headersOf(json), [HEADERS], 'headers of the records in JSON')
  }),
]

/** 8 + 4 * 262,142 = 1,048,576 metered bytes, and twice as many as a protobuf message. */
const HEADERS = 262_142

const manyHeaders: AppendRecord = {
  ...record(),
  headers: record('', { headers: [['n', 'v']] }).headers.flatMap((header) =>
    Array.from({ length: HEADERS }, () => header),
  ),
}

/** Counted and not decoded, which would hold up every other check for a second. */
function headersOf(batch: unknown): readonly number[] {
  if (!isObject(batch) || !Array.isArray(batch.records)) return []
  return batch.records.map((each: unknown) =>
    isObject(each) && Array.isArray(each.headers) ? each.headers.length : 0,
  )
}
