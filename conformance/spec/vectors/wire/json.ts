import { parseJson } from '../../../../proto/json.ts'
import { appendInputFromJson, appendInputToJson } from '../../../../proto/json-bodies.ts'
import type { Format } from '../../../../proto/types.ts'
import { INPUTS } from './records.ts'
import { hexOf, meaning, type WireVector } from './vector.ts'

const NUMBERS = [
  '0',
  '1',
  '9007199254740993',
  '9223372036854775808',
  '18446744073709551615',
  '18446744073709551616',
  '99999999999999999999999',
  '-1',
  '-0',
  '1.0',
  '1.5',
  '1e3',
  '01',
  '+1',
  '"1"',
  'true',
  'null',
  '[]',
] as const

const RECORD = (members: string): string => `{"records":[{${members}}]}`

const RAW_TEXTS: readonly string[] = [
  ...NUMBERS.map((number) => RECORD(`"body":"x","timestamp":${number}`)),
  ...NUMBERS.map((number) => `{"records":[{"body":"x"}],"match_seq_num":${number}}`),
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{}',
  '{"records":null}',
  '{"records":{}}',
  '{"records":[null]}',
  '{"records":[{"body":"x"}]} x',
  '{"records":[{"body":"x"},]}',
  "{'records':[]}",
  '{"records":[{"body":"x"}],}',
  RECORD(''),
  RECORD('"body":null'),
  RECORD('"body":1'),
  RECORD('"headers":null'),
  RECORD('"headers":[]'),
  RECORD('"headers":[["a"]]'),
  RECORD('"headers":[["a","b","c"]]'),
  RECORD('"headers":[["a",1]]'),
  RECORD('"headers":[{"name":"a","value":"b"}]'),
  RECORD('"headers":[["a","b"]]'),
  RECORD('"body":"\\u0000\\u001f\\"\\\\\\/"'),
  RECORD('"body":"\\ud83d\\ude00"'),
  RECORD('"body":"\\ud83d"'),
  RECORD('"body":"\u{1f600}"'),
  RECORD('"body":"\\x"'),
  RECORD('"body":"\t"'),
  RECORD('"unknown":{"a":[1.5]}'),
  RECORD('"body":"a","body":"b"'),
  RECORD('"timestamp":1,"timestamp":2'),
  '{"records":[{}],"fencing_token":null}',
  '{"records":[{}],"fencing_token":1}',
  '{"records":[{}],"unknown":1}',
  ' {\n\t"records" : [ { "body" : "x" } ]\r\n} ',
  '\ufeff{"records":[{"body":"x"}]}',
]

const BASE64_TEXTS: readonly string[] = [
  'aGk=',
  'aGk',
  'aGk==',
  'aG k=',
  'aGl=',
  '_-8=',
  '/+8=',
  '====',
  '',
  'YQ==',
  'YR==',
  'YWI=\\n',
].map((text) => RECORD(`"body":"${text}"`))

/** JSON bodies of appends: those that encoders write, and those that test a parser. */
export function jsonVectors(): readonly WireVector[] {
  const canonical = INPUTS.map((input) => vectorOf(appendInputToJson(input, 'base64'), 'base64'))
  return [
    ...canonical,
    ...RAW_TEXTS.map((text) => vectorOf(text, 'raw')),
    ...BASE64_TEXTS.map((text) => vectorOf(text, 'base64')),
    ...['{"records":[{"body":"\xff"}]}', '{"records":[{"body":"\xc0\x80"}]}'].map(notUtf8),
  ]
}

function vectorOf(text: string, format: Format): WireVector {
  return { kind: 'json', type: 'AppendInput', format, text, ...decoded(text, format) }
}

function notUtf8(latin1: string): WireVector {
  const bytes = new Uint8Array(Buffer.from(latin1, 'latin1'))
  return { kind: 'json', type: 'AppendInput', format: 'raw', hex: hexOf(bytes), ...decoded(bytes, 'raw') }
}

const decoded = (json: string | Uint8Array, format: Format): object =>
  meaning('json', () => parseJson(appendInputToJson(appendInputFromJson(json, format), 'base64')))
