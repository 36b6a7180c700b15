import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendAckFromJson,
  appendAckToJson,
  appendInputFromJson,
  appendInputToJson,
  readBatchFromJson,
  readBatchToJson,
  tailFromJson,
  tailToJson,
} from './json-bodies.ts'
import { MAX_U64 } from './limits.ts'
import {
  appendAck,
  appendInput,
  fromHex,
  position,
  readBatch,
  spoilt,
  utf8Bytes,
  valueOrWireError,
} from './testing.ts'
import type { Format, SequencedRecord } from './types.ts'

const none = new Uint8Array(0)
const utf8 = new TextEncoder()

describe('an append as it comes', () => {
  test('everything given', () => {
    const json =
      '{"records":[{"timestamp":18446744073709551615,"headers":[["k","v"],["k",""]],"body":"é😀\\u0000"},{}],"match_seq_num":0,"fencing_token":""}'
    expect(appendInputFromJson(json, 'raw')).toStrictEqual({
      records: [
        {
          timestamp: MAX_U64,
          headers: [
            { name: utf8.encode('k'), value: utf8.encode('v') },
            { name: utf8.encode('k'), value: none },
          ],
          body: utf8.encode('é😀\0'),
        },
        { headers: [], body: none },
      ],
      matchSeqNum: 0n,
      fencingToken: '',
    })
  })

  test('null conditions and timestamps are absent (REC-011, REC-012)', () => {
    const json = '{"records":[{"timestamp":null}],"match_seq_num":null,"fencing_token":null}'
    expect(appendInputFromJson(json, 'raw')).toStrictEqual({ records: [{ headers: [], body: none }] })
  })

  test('unknown keys are skipped at every level, doubled or not (REC-014)', () => {
    const json = '{"x":1,"records":[{"x":{"body":1,"body":2},"body":"a","x":2}],"x":[]}'
    expect(appendInputFromJson(json, 'raw')).toStrictEqual({
      records: [{ headers: [], body: utf8.encode('a') }],
    })
  })

  test.each([
    ['trim to 1', '{"headers":[["","dHJpbQ=="]],"body":"AAAAAAAAAAE="}', 'trim', '00 00 00 00 00 00 00 01'],
    ['trim to 128', '{"headers":[["","dHJpbQ=="]],"body":"AAAAAAAAAIA="}', 'trim', '00 00 00 00 00 00 00 80'],
    [
      'trim to 2^64 - 1',
      '{"headers":[["","dHJpbQ=="]],"body":"//////////8="}',
      'trim',
      'ff ff ff ff ff ff ff ff',
    ],
    ['fence', '{"headers":[["","ZmVuY2U="]],"body":"bXktdG9rZW4="}', 'fence', '6d 79 2d 74 6f 6b 65 6e'],
    ['clear the token', '{"headers":[["","ZmVuY2U="]]}', 'fence', ''],
  ])('a command in base64: %s', (_name, record, command, body) => {
    const input = {
      records: [{ headers: [{ name: none, value: utf8.encode(command) }], body: fromHex(body) }],
    }
    expect(appendInputFromJson(`{"records":[${record}]}`, 'base64')).toStrictEqual(input)
    expect(appendInputToJson(input, 'base64')).toBe(`{"records":[${record}]}`)
  })
})

describe('a wrong shape is bad_json (REC-013)', () => {
  test.each([
    ['no JSON', 'x'],
    ['nothing', ''],
    ['truncated', '{"records":['],
    ['text after the object', '{"records":[]}{}'],
    ['an array', '[[{"body":"x"}],null,null]'],
    ['null', 'null'],
    ['no records', '{}'],
    ['records null', '{"records":null}'],
    ['records an object', '{"records":{}}'],
    ['a record that is text', '{"records":["x"]}'],
    ['a record that is null', '{"records":[null]}'],
    ['a record that is an array', '{"records":[[]]}'],
    ['a body that is a number', '{"records":[{"body":1}]}'],
    ['a body that is null', '{"records":[{"body":null}]}'],
    ['headers null', '{"records":[{"headers":null}]}'],
    ['headers an object', '{"records":[{"headers":{"a":"b"}}]}'],
    ['a header of one part', '{"records":[{"headers":[["a"]]}]}'],
    ['a header of three parts', '{"records":[{"headers":[["a","b","c"]]}]}'],
    ['a header that is an object', '{"records":[{"headers":[{"name":"a","value":"b"}]}]}'],
    ['a header name that is a number', '{"records":[{"headers":[[1,"b"]]}]}'],
    ['a header value that is null', '{"records":[{"headers":[["a",null]]}]}'],
    ['a negative match_seq_num', '{"records":[],"match_seq_num":-1}'],
    ['a fractional match_seq_num', '{"records":[],"match_seq_num":1.5}'],
    ['a match_seq_num with an exponent', '{"records":[],"match_seq_num":1e3}'],
    ['a match_seq_num of -0', '{"records":[],"match_seq_num":-0}'],
    ['a match_seq_num as text', '{"records":[],"match_seq_num":"1"}'],
    ['a match_seq_num above 2^64 - 1', '{"records":[],"match_seq_num":18446744073709551616}'],
    ['a match_seq_num that is true', '{"records":[],"match_seq_num":true}'],
    ['a negative timestamp', '{"records":[{"timestamp":-1}]}'],
    ['a timestamp above 2^64 - 1', '{"records":[{"timestamp":18446744073709551616}]}'],
    ['a timestamp as text', '{"records":[{"timestamp":"1"}]}'],
    ['a fencing token that is a number', '{"records":[],"fencing_token":1}'],
    ['records twice', '{"records":[],"records":[]}'],
    ['match_seq_num twice, once null', '{"records":[],"match_seq_num":null,"match_seq_num":1}'],
    ['fencing_token twice', '{"records":[],"fencing_token":"a","fencing_token":"a"}'],
    ['body twice', '{"records":[{"body":"a","body":"a"}]}'],
    ['body twice, once escaped', '{"records":[{"body":"a","\\u0062ody":"a"}]}'],
    ['headers twice', '{"records":[{"headers":[],"headers":[]}]}'],
    ['timestamp twice', '{"records":[{"timestamp":1,"timestamp":1}]}'],
    ['a lone surrogate', '{"records":[{"body":"\\udfff"}]}'],
  ])('%s', (_name, json) => {
    for (const format of ['raw', 'base64'] as const) {
      expect(valueOrWireError(() => appendInputFromJson(json, format))).toMatchObject({ code: 'bad_json' })
      const bytes = utf8.encode(json)
      expect(valueOrWireError(() => appendInputFromJson(bytes, format))).toMatchObject({ code: 'bad_json' })
    }
  })

  test('invalid UTF-8', () => {
    const bytes = utf8.encode('{"records":[{"body":"?"}]}')
    bytes[bytes.indexOf(0x3f)] = 0xff
    expect(valueOrWireError(() => appendInputFromJson(bytes, 'raw'))).toMatchObject({ code: 'bad_json' })
  })

  test('the error names the place', () => {
    const json = '{"records":[{},{"headers":[["a","b"],["a"]]}]}'
    expect(() => appendInputFromJson(json, 'raw')).toThrow('records[1].headers[1]')
  })
})

describe('wrong base64 is invalid, and only when the shape is right (REC-018)', () => {
  test.each([
    ['in a body', '{"records":[{},{"body":"aGk"}]}'],
    ['in a header name', '{"records":[{"headers":[["a","QQ=="]]}]}'],
    ['in a header value', '{"records":[{"headers":[["QQ==","QR=="]]}]}'],
  ])('%s', (_name, json) => {
    expect(valueOrWireError(() => appendInputFromJson(json, 'base64'))).toMatchObject({ code: 'invalid' })
    expect(appendInputFromJson(json, 'raw').records.length).toBeGreaterThan(0)
  })

  test('a wrong shape further on comes first', () => {
    const json = '{"records":[{"body":"aGk"},{"body":1}]}'
    expect(valueOrWireError(() => appendInputFromJson(json, 'base64'))).toMatchObject({ code: 'bad_json' })
  })

  test('the fencing token is text in either format', () => {
    expect(appendInputFromJson('{"records":[],"fencing_token":"é!"}', 'base64').fencingToken).toBe('é!')
  })
})

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

describe('positions', () => {
  const zero = { seqNum: 0n, timestamp: 0n }

  test('an acknowledgement', () => {
    const json =
      '{"start":{"seq_num":0,"timestamp":0},"end":{"seq_num":1,"timestamp":7},"tail":{"seq_num":9007199254740993,"timestamp":7}}'
    const ack = {
      start: zero,
      end: { seqNum: 1n, timestamp: 7n },
      tail: { seqNum: 9_007_199_254_740_993n, timestamp: 7n },
    }
    expect(appendAckFromJson(json)).toStrictEqual(ack)
    expect(appendAckToJson(ack)).toBe(json)
  })

  test.each(['start', 'end', 'tail'])('an acknowledgement without %s is bad_json (REC-027)', (key) => {
    const whole = JSON.parse(appendAckToJson({ start: zero, end: zero, tail: zero }))
    const json = JSON.stringify({ ...whole, [key]: undefined })
    expect(valueOrWireError(() => appendAckFromJson(json))).toMatchObject({ code: 'bad_json' })
  })

  test('a tail', () => {
    const json = '{"tail":{"seq_num":10,"timestamp":1000}}'
    expect(tailToJson({ seqNum: 10n, timestamp: 1000n })).toBe(json)
    expect(tailFromJson(json)).toStrictEqual({ seqNum: 10n, timestamp: 1000n })
    expect(valueOrWireError(() => tailFromJson('{"tail":null}'))).toMatchObject({ code: 'bad_json' })
  })
})

describe('round trips', () => {
  test.each<[Format, fc.Arbitrary<Uint8Array> | undefined]>([
    ['raw', utf8Bytes],
    ['base64', undefined],
  ])('appends and batches in %s, as text and as bytes', (format, content) => {
    const options = content === undefined ? {} : { content }
    fc.assert(
      fc.property(appendInput(options), readBatch(options), (input, batch) => {
        const json = appendInputToJson(input, format)
        expect(appendInputFromJson(json, format)).toStrictEqual(input)
        expect(appendInputFromJson(utf8.encode(json), format)).toStrictEqual(input)
        expect(readBatchFromJson(readBatchToJson(batch, format), format)).toStrictEqual(batch)
      }),
    )
  })

  test('acknowledgements and tails', () => {
    fc.assert(
      fc.property(appendAck, position, (ack, tail) => {
        expect(appendAckFromJson(appendAckToJson(ack))).toStrictEqual(ack)
        expect(tailFromJson(tailToJson(tail))).toStrictEqual(tail)
      }),
    )
  })

  test('a sender is told when raw would lose bytes', () => {
    const input = { records: [{ headers: [], body: fromHex('ff') }] }
    expect(valueOrWireError(() => appendInputToJson(input, 'raw'))).toMatchObject({ code: 'invalid' })
  })
})

test('hostile bytes give a value or a WireError', () => {
  const valid = fc.oneof(
    appendInput().map((input) => utf8.encode(appendInputToJson(input, 'base64'))),
    readBatch().map((batch) => utf8.encode(readBatchToJson(batch, 'base64'))),
    appendAck.map((ack) => utf8.encode(appendAckToJson(ack))),
  )
  const shapes = fc.object({
    key: fc.constantFrom('records', 'headers', 'body', 'tail', 'start', 'timestamp', 'seq_num'),
  })
  const anything = fc.oneof(
    spoilt(valid),
    shapes.map((shape) => utf8.encode(JSON.stringify(shape))),
  )
  fc.assert(
    fc.property(anything, fc.constantFrom<Format>('raw', 'base64'), (bytes, format) => {
      valueOrWireError<unknown>(() => appendInputFromJson(bytes, format))
      valueOrWireError<unknown>(() => readBatchFromJson(bytes, format))
      valueOrWireError<unknown>(() => appendAckFromJson(bytes))
      valueOrWireError<unknown>(() => tailFromJson(bytes))
    }),
    { numRuns: 1000 },
  )
})

describe('of more records than a batch can have', () => {
  const listOf = (count: number, ...last: unknown[]): string =>
    JSON.stringify({ records: [...Array.from({ length: count }, () => ({})), ...last] })

  test('all are counted', () => {
    expect(appendInputFromJson(listOf(5000), 'raw').records).toHaveLength(5000)
  })

  test('none may have a wrong shape', () => {
    expect(() => appendInputFromJson(listOf(5000, 5), 'raw')).toThrow(/records\[5000\] must be an object/)
    expect(() => appendInputFromJson(listOf(5000, { body: 5 }), 'raw')).toThrow(/records\[5000\]\.body/)
  })

  test('those that a batch can have are kept', () => {
    const records = Array.from({ length: 1000 }, (_, index) => ({ body: String(index) }))
    const { records: read } = appendInputFromJson(JSON.stringify({ records }), 'raw')
    expect(read.map(({ body }) => Buffer.from(body).toString())).toEqual(records.map(({ body }) => body))
  })
})
