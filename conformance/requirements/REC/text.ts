import { record } from '../../../client/records.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { postRecords } from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { APPENDERS, READERS } from '../transports.ts'

export const text: readonly Requirement[] = [
  onStream('REC-019', 'Raw JSON is UTF-8 text', async ({ stream, expect }) => {
    const texts = TEXTS.map(([json]) => `{"headers":[["n",${json}]],"body":${json}}`)
    expect.ok(await postRecords(stream, `{"records":[${texts.join()}]}`, { 's2-format': 'raw' }))
    const sent = TEXTS.map(([, text]) => record(text, { headers: [['n', text]] }))
    for (const view of ['protobuf', 'json', 'base64'] as const) {
      expect.records(expect.ok(await stream.over(view).read({ seqNum: 0n })).records, 0n, sent)
    }
  }),

  onStream('REC-020', 'Formats are a view, not a stored property', async ({ stream, expect }) => {
    const headers = [['näme', 'välue\t']] as const
    const text = record('héllo \u0000 "quoted" \\ 😀\r\n', { headers })
    for (const writer of APPENDERS) expect.ok(await stream.over(writer).append({ records: [text] }))
    const sent = APPENDERS.map(() => text)
    for (const reader of READERS) {
      const { records } = expect.ok(await stream.over(reader).read({ seqNum: 0n, count: 10n }))
      expect.records(records, 0n, sent)
    }
  }),

  onStream('REC-021', 'Raw read of non-UTF-8 bytes', { on: ['json', 'sse'] }, async ({ stream, expect }) => {
    const stored = LOSSY.map(([bytes]) =>
      record(Uint8Array.from(bytes), { headers: [['n', Uint8Array.from(bytes)]] }),
    )
    expect.ok(await stream.over('protobuf').append({ records: stored }))
    const all = { seqNum: 0n, count: 100n }
    const shown: readonly AppendRecord[] = LOSSY.map(([, text]) => record(text, { headers: [['n', text]] }))
    expect.records(expect.ok(await stream.read(all)).records, 0n, shown)
    for (const exact of ['base64', 'protobuf', 's2s'] as const) {
      expect.records(expect.ok(await stream.over(exact).read(all)).records, 0n, stored)
    }
  }),
]

/** A JSON string, and the text that it stands for. */
const TEXTS: readonly (readonly [json: string, text: string])[] = [
  ['"plain"', 'plain'],
  ['"\\u0000"', '\u0000'],
  ['"\\u0001\\u001f\\u007f"', '\u0001\u001f\u007f'],
  ['"\\" \\\\ \\/ \\b \\f \\n \\r \\t"', '" \\ / \b \f \n \r \t'],
  ['"\\ud83d\\ude00"', '😀'],
  ['"😀"', '😀'],
  ['"\\u00e9"', '\u00e9'],
  ['"e\\u0301"', 'e\u0301'],
  ['"\u2028\u2029\ufeff\ufffd"', '\u2028\u2029\ufeff\ufffd'],
  ['"\\uffff\\ufffe"', '\uffff\ufffe'],
  ['"QQ=="', 'QQ=='],
]

const LOSSY: readonly (readonly [bytes: readonly number[], text: string])[] = [
  [[0xf0, 0x28, 0x8c, 0xbc], '\ufffd(\ufffd\ufffd'],
  [[0xff], '\ufffd'],
  [[0xc3], '\ufffd'],
  [[0xc3, 0x28], '\ufffd('],
  [[0xe2, 0x82], '\ufffd'],
  [[0xe2, 0x82, 0x28], '\ufffd('],
  [[0xf0, 0x9f, 0x98], '\ufffd'],
  [[0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
  [[0xc0, 0x80], '\ufffd\ufffd'],
  [[0xf4, 0x90, 0x80, 0x80], '\ufffd\ufffd\ufffd\ufffd'],
  [[0x61, 0xff, 0x7a], 'a\ufffdz'],
  [[0xef, 0xbb, 0xbf, 0x41], '\ufeffA'],
]
