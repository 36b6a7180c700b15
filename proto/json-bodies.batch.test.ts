import { describe, expect, test } from 'vitest'
import { readBatchFromJson, readBatchToJson } from './json-bodies.ts'
import { MAX_U64 } from './limits.ts'
import { fromHex, valueOrWireError } from './testing.ts'
import type { Format, SequencedRecord } from './types.ts'

const none = new Uint8Array(0)
const utf8 = new TextEncoder()

describe('a batch as it goes', () => {
  const record = (parts: Partial<SequencedRecord>): SequencedRecord => ({
    seqNum: 1n,
    timestamp: 2n,
    headers: [],
    body: none,
    ...parts,
  })

  test.each<[string, Parameters<typeof readBatchToJson>[0], Format, string]>([
    ['nothing', { records: [] }, 'raw', '{"records":[]}'],
    ['an empty record', { records: [record({})] }, 'raw', '{"records":[{"seq_num":1,"timestamp":2}]}'],
    [
      'everything',
      {
        records: [
          record({
            seqNum: MAX_U64,
            headers: [{ name: utf8.encode('a'), value: none }],
            body: utf8.encode('x\n'),
          }),
        ],
        tail: { seqNum: 0n, timestamp: 0n },
      },
      'raw',
      '{"records":[{"seq_num":18446744073709551615,"timestamp":2,"headers":[["a",""]],"body":"x\\n"}],"tail":{"seq_num":0,"timestamp":0}}',
    ],
    [
      'base64',
      {
        records: [record({ headers: [{ name: none, value: utf8.encode('trim') }], body: fromHex('ff ef') })],
      },
      'base64',
      '{"records":[{"seq_num":1,"timestamp":2,"headers":[["","dHJpbQ=="]],"body":"/+8="}]}',
    ],
  ])('%s (REC-022, REC-023)', (_name, batch, format, json) => {
    expect(readBatchToJson(batch, format)).toBe(json)
    expect(readBatchFromJson(json, format)).toStrictEqual(batch)
  })

  test('explicit empties and a null tail read the same as omissions', () => {
    const json = '{"records":[{"seq_num":1,"timestamp":2,"headers":[],"body":""}],"tail":null}'
    expect(readBatchFromJson(json, 'raw')).toStrictEqual({ records: [record({})] })
  })

  test.each([
    ['no seq_num', '{"records":[{"timestamp":2}]}'],
    ['no timestamp', '{"records":[{"seq_num":2}]}'],
    ['a seq_num as text', '{"records":[{"seq_num":"2","timestamp":2}]}'],
    ['no records', '{"tail":{"seq_num":0,"timestamp":0}}'],
    ['half a tail', '{"records":[],"tail":{"seq_num":0}}'],
  ])('%s is bad_json', (_name, json) => {
    expect(valueOrWireError(() => readBatchFromJson(json, 'raw'))).toMatchObject({ code: 'bad_json' })
  })

  test.each([
    ['f0 28 8c bc', [0xfffd, 0x28, 0xfffd, 0xfffd]],
    ['ff', [0xfffd]],
    ['c3', [0xfffd]],
    ['c3 28', [0xfffd, 0x28]],
    ['e2 82', [0xfffd]],
    ['e2 82 28', [0xfffd, 0x28]],
    ['f0 9f 98', [0xfffd]],
    ['ed a0 80', [0xfffd, 0xfffd, 0xfffd]],
    ['c0 80', [0xfffd, 0xfffd]],
    ['f4 90 80 80', [0xfffd, 0xfffd, 0xfffd, 0xfffd]],
    ['61 ff 7a', [0x61, 0xfffd, 0x7a]],
    ['ef bb bf 41', [0xfeff, 0x41]],
  ])('%s in the raw format (REC-021)', (hex, codePoints) => {
    const json = readBatchToJson({ records: [record({ body: fromHex(hex) })] }, 'raw')
    expect(JSON.parse(json).records[0].body).toBe(String.fromCodePoint(...codePoints))
  })
})
