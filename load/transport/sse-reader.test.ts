import { expect, test } from 'vitest'
import { readBatch } from './sse-reader.ts'

const seen = (data: string): readonly (readonly [number, number, string])[] => {
  const records: (readonly [number, number, string])[] = []
  readBatch(data, {
    record: (seqNum, timestamp, bytes, begin, end) =>
      void records.push([seqNum, timestamp, bytes.toString('utf8', begin, end)]),
    tail() {},
  })
  return records
}

test('records come with their bodies, and an empty one without', () => {
  const records = [
    { seq_num: 3, timestamp: 5, body: Buffer.from('hello').toString('base64') },
    { seq_num: 4, timestamp: 5 },
  ]
  expect(seen(JSON.stringify({ records, tail: { seq_num: 5, timestamp: 5 } }))).toEqual([
    [3, 5, 'hello'],
    [4, 5, ''],
  ])
})

test.each([
  ['{', 'it is not JSON'],
  ['{"records":{}}', 'its records are no list'],
  ['{"records":[null]}', 'a record lacks its seq_num'],
  ['{"records":[{"seq_num":"1","timestamp":1}]}', 'a record lacks its seq_num'],
  ['{"records":[{"seq_num":1}]}', 'a record lacks its seq_num, its timestamp'],
  [
    '{"records":[{"seq_num":1,"timestamp":1,"body":7}]}',
    'a record lacks its seq_num, its timestamp or its body',
  ],
  ['{"records":[{"seq_num":1e300,"timestamp":1}]}', 'a record lacks its seq_num'],
])('%s is no batch', (data, why) => {
  expect(() => seen(data)).toThrow(`an event "batch" is no batch: ${why}`)
})
