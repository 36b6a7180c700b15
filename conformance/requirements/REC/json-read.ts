import { readOrFail } from '../../../client/read-answer.ts'
import { batch } from '../../../client/records.ts'
import { watched } from '../../../client/watch.ts'
import { type JsonObject, parseJsonBytes } from '../../../proto/json.ts'
import { member, readList, readObject } from '../../../proto/json-shape.ts'
import { getRecords, jsonBatch, postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'

export const jsonRead: readonly Requirement[] = [
  requirement('REC-022', 'JSON record in a read answer', async ({ newStream, expect }) => {
    const stream = await newStream({ timestamping: { mode: 'client-prefer', uncapped: false } })
    const records =
      '{"timestamp":0},{"timestamp":7,"headers":[["a",""]],"body":"b"},{"timestamp":8,"body":"c"}'
    expect.ok(await postRecords(stream, `{"records":[${records}]}`))
    const read = await getRecords(stream, 'seq_num=0')
    expect.ok(read)
    // Lists and texts that are empty may be left out; numbers may not.
    const objects = readOrFail(read.body, 'a JSON batch', 'the read', recordObjects)
    const shown = watched(objects, 'a JSON batch').map(({ seq_num, timestamp, headers = [], body = '' }) => ({
      seq_num,
      timestamp,
      headers,
      body,
    }))
    expect.equal<unknown>(
      shown,
      [
        { seq_num: 0n, timestamp: 0n, headers: [], body: '' },
        { seq_num: 1n, timestamp: 7n, headers: [['a', '']], body: 'b' },
        { seq_num: 2n, timestamp: 8n, headers: [], body: 'c' },
      ],
      'the records as JSON',
    )
  }),

  onStream('REC-023', 'JSON batch in a read answer', async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('a')))
    const tail = expect.ok(await stream.checkTail())
    for (const [query, count] of [
      ['seq_num=0', 1],
      ['seq_num=0&count=0', 0],
      ['seq_num=0&bytes=8', 0],
      ['seq_num=0&until=1', 0],
    ] as const) {
      const read = await getRecords(stream, query)
      expect.ok(read)
      expect.header(read, 'content-type', /^application\/json\b/)
      const answer = jsonBatch(read)
      expect.equal(answer.records.length, count, `records of ${query}`)
      expect.equal(answer.tail ?? tail, tail, `tail, where there is one, of ${query}`)
    }
  }),
]

const recordObjects = (body: Uint8Array): readonly JsonObject[] =>
  readList(member(readObject(parseJsonBytes(body), 'the batch'), 'records'), 'records').map((value, index) =>
    readObject(value, `records[${index}]`),
  )
