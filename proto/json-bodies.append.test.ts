import { describe, expect, test } from 'vitest'
import { appendInputFromJson, appendInputToJson } from './json-bodies.ts'
import { MAX_U64 } from './limits.ts'
import { fromHex, valueOrWireError } from './testing.ts'

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

test('a sender is told when raw would lose bytes', () => {
  const input = { records: [{ headers: [], body: fromHex('ff') }] }
  expect(valueOrWireError(() => appendInputToJson(input, 'raw'))).toMatchObject({ code: 'invalid' })
})
