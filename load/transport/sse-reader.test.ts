import { expect, test } from 'vitest'
import { readBatch } from './sse-reader.ts'
import { TransportError } from './transport-error.ts'

const seen = (data: string): readonly (readonly [number, number, string, string])[] => {
  const records: (readonly [number, number, string, string])[] = []
  readBatch(data, {
    record: (seqNum, timestamp, bytes, begin, end, from, to) =>
      void records.push([
        seqNum,
        timestamp,
        bytes.toString('utf8', begin, end),
        bytes.toString('latin1', from, to),
      ]),
    tail() {},
  })
  return records
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

test('records come with their bodies and headers, and empty ones without', () => {
  const records = [
    { seq_num: 3, timestamp: 5, body: base64('hello') },
    { seq_num: 4, timestamp: 5, headers: [[base64('name'), base64('v')]], body: base64('b') },
    { seq_num: 5, timestamp: 5 },
  ]
  expect(seen(JSON.stringify({ records, tail: { seq_num: 6, timestamp: 5 } }))).toEqual([
    [3, 5, 'hello', ''],
    [4, 5, 'b', '\x1a\x09\x0a\x04name\x12\x01v'],
    [5, 5, '', ''],
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
  ['{"records":[{"seq_num":1,"timestamp":1,"headers":7}]}', 'the headers of a record are no list'],
  ['{"records":[{"seq_num":1,"timestamp":1,"headers":["a"]}]}', 'a header is no name with a value'],
  ['{"records":[{"seq_num":1e300,"timestamp":1}]}', 'a record lacks its seq_num'],
])('%s is no batch', (data, why) => {
  expect(() => seen(data)).toThrow(`an event "batch" is no batch: ${why}`)
})

test('what is no batch is told as what came, and what a visitor throws is not', () => {
  expect(() => seen('{')).toThrow(TransportError)
  const ours = new TypeError('ours')
  const visitor = {
    record: (): never => {
      throw ours
    },
    tail() {},
  }
  expect(() => readBatch('{"records":[{"seq_num":1,"timestamp":1}]}', visitor)).toThrow(ours)
})
