import { batch, record } from '../../../client/records.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendRecord } from '../../../proto/types.ts'
import { inputFrame } from '../../by-hand/frames.ts'
import {
  getRecords,
  getTail,
  type Headers,
  jsonBatch,
  postRecords,
  protobufBatch,
} from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'

export const format: readonly Requirement[] = [
  onStream('RTE-021', '`s2-format` values', async ({ stream, expect }) => {
    for (const headers of [{}, RAW, BASE64]) expect.ok(await postRecords(stream, IN_BASE64, headers))
    const stored = expect.ok(await stream.over('protobuf').read({ seqNum: 0n }))
    expect.records(stored.records, 0n, [inBase64, inBase64, decoded])
    for (const [headers, shown] of [
      [{}, decoded],
      [RAW, decoded],
      [BASE64, inBase64],
    ] as const) {
      const read = await getRecords(stream, 'seq_num=2', headers)
      expect.ok(read)
      expect.records(jsonBatch(read).records, 2n, [shown])
      const events = expect.ok(await stream.over('sse').read({ seqNum: 2n, count: 1n }, { headers }))
      expect.records(events.records, 2n, [shown])
    }
  }),

  onStream('RTE-022', '`s2-format` aliases and parsing', async ({ stream, expect }) => {
    for (const [format] of ALIASES) {
      expect.ok(await postRecords(stream, IN_BASE64, { 's2-format': format }))
    }
    for (const format of ['RAW', 'Raw', 'Base64', 'BASE64', 'JSON', 'raw, base64']) {
      const headers = { 's2-format': format }
      expect.refused(await postRecords(stream, IN_BASE64, headers), 400, 'bad_header')
      for (const accept of ['application/json', 'text/event-stream']) {
        const read = await getRecords(stream, 'seq_num=0&count=1', { ...headers, accept })
        expect.refused(read, 400, 'bad_header')
      }
    }
    await expect.holds(stream, [inBase64, decoded, inBase64, decoded])
    for (const [format, shown] of ALIASES) {
      const read = await getRecords(stream, 'seq_num=1&count=1', { 's2-format': format })
      expect.ok(read)
      expect.records(jsonBatch(read).records, 1n, [shown])
    }
  }),

  onStream('RTE-023', 'Invalid `s2-format`', async ({ stream, expect }) => {
    const input = batch('a')
    for (const headers of [{ 's2-format': 'hex' }, { 's2-format': '' }]) {
      expect.refused(await postRecords(stream, '{"records":[{}]}', headers), 400, 'bad_header')
      for (const accept of ['application/json', 'application/protobuf', 'text/event-stream']) {
        const read = await getRecords(stream, 'seq_num=0&count=1', { accept, ...headers })
        expect.refused(read, 400, 'bad_header')
      }
    }
    const hex = { 's2-format': 'hex' }
    expect.ok(await postRecords(stream, encodeAppendInput(input), { ...hex, ...PROTOBUF }))
    expect.ok(await postRecords(stream, inputFrame(input), { ...hex, ...SESSION }))
    expect.ok(await getRecords(stream, 'seq_num=0&count=1', { ...hex, ...SESSION }))
    expect.ok(await getTail(stream, hex))
    await expect.tail(stream, 2n)
  }),

  onStream('RTE-024', 'Protobuf ignores `s2-format`', async ({ stream, expect }) => {
    const sent = record(Uint8Array.of(0x51, 0x51, 0xff, 0x00), { headers: [['QQ==', Uint8Array.of(0xfe)]] })
    const input = encodeAppendInput({ records: [sent] })
    for (const headers of [{}, RAW, BASE64]) {
      expect.ok(await postRecords(stream, input, { ...headers, ...PROTOBUF }))
    }
    for (const headers of [{}, RAW, BASE64]) {
      const read = await getRecords(stream, 'seq_num=0', { ...headers, accept: 'application/protobuf' })
      expect.ok(read)
      expect.records(protobufBatch(read).records, 0n, [sent, sent, sent])
    }
  }),
]

const RAW: Headers = { 's2-format': 'raw' }

const BASE64: Headers = { 's2-format': 'base64' }

const PROTOBUF: Headers = { 'content-type': 'application/protobuf' }

const SESSION: Headers = { 'content-type': 's2s/proto' }

/** Header A = A and body B in base64, which as text is a record too. */
const IN_BASE64 = '{"records":[{"headers":[["QQ==","QQ=="]],"body":"Qg=="}]}'

const inBase64 = record('Qg==', { headers: [['QQ==', 'QQ==']] })

const decoded = record('B', { headers: [['A', 'A']] })

/** Other names of the formats, and how the decoded record is shown in them. */
const ALIASES: readonly (readonly [format: string, shown: AppendRecord])[] = [
  ['json', decoded],
  ['json-binsafe', inBase64],
  [' raw ', decoded],
  ['\tbase64 ', inBase64],
]
