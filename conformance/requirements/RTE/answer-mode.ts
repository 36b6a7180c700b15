import { batch, record } from '../../../client/records.ts'
import { isS2s } from '../../../client/transport.ts'
import { batchOf, splitFrames } from '../../by-hand/frames.ts'
import {
  getRecords,
  jsonAck,
  jsonBatch,
  postRecords,
  protobufAck,
  protobufBatch,
} from '../../by-hand/requests.ts'
import { onStream, type Requirement } from '../../check/requirement.ts'
import { SESSIONS } from '../transports.ts'

export const answerMode: readonly Requirement[] = [
  onStream('RTE-017', 'Response media type of unary calls', async ({ stream, expect }) => {
    expect.ok(await stream.append(batch('first')))
    let tail = 1n
    for (const headers of ASK_PROTOBUF) {
      const append = await postRecords(stream, '{"records":[{"body":"more"}]}', headers)
      expect.ok(append)
      expect.header(append, 'content-type', 'application/protobuf')
      expect.equal(protobufAck(append).start.seqNum, tail, 'start in the protobuf ack')
      const read = await getRecords(stream, 'seq_num=0&count=1', headers)
      expect.ok(read)
      expect.header(read, 'content-type', 'application/protobuf')
      expect.records(protobufBatch(read).records, 0n, [record('first')])
      tail += 1n
    }
    for (const headers of GET_JSON) {
      const append = await postRecords(stream, MORE_IN_PROTOBUF, { ...PROTOBUF_BODY, ...headers })
      expect.ok(append)
      expect.header(append, 'content-type', JSON_TYPE)
      expect.equal(jsonAck(append).start.seqNum, tail, 'start in the JSON ack')
      const read = await getRecords(stream, 'seq_num=0&count=1', headers)
      expect.ok(read)
      expect.header(read, 'content-type', JSON_TYPE)
      expect.records(jsonBatch(read).records, 0n, [record('first')])
      tail += 1n
    }
    await expect.tail(stream, tail)
  }),

  onStream('RTE-018', 'SSE selection', async ({ stream, expect }) => {
    const append = await postRecords(stream, '{"records":[{"body":"a"}]}', { accept: 'text/event-stream' })
    expect.ok(append)
    expect.header(append, 'content-type', JSON_TYPE)
    expect.equal(jsonAck(append).end.seqNum, 1n, 'end in the JSON ack')
    for (const accept of ['text/event-stream', 'Text/Event-Stream', 'text/event-stream, application/json']) {
      const headers = { accept }
      const read = await getRecords(stream, 'seq_num=0&count=1', headers)
      expect.ok(read)
      expect.header(read, 'content-type', /^text\/event-stream\b/)
      const events = expect.ok(await stream.over('sse').read({ seqNum: 0n, count: 1n }, { headers }))
      expect.records(events.records, 0n, [record('a')])
    }
    const second = { accept: 'application/json, text/event-stream' }
    const read = await getRecords(stream, 'seq_num=0&count=1', second)
    expect.ok(read)
    expect.header(read, 'content-type', JSON_TYPE)
    expect.records(jsonBatch(read).records, 0n, [record('a')])
    await expect.tail(stream, 1n)
  }),

  onStream('RTE-019', 'S2S selection on read', async ({ stream, expect, record: note }) => {
    expect.ok(await stream.append(batch('a', 'b')))
    for (const headers of ASK_SESSION) {
      const read = await getRecords(stream, 'seq_num=0&count=2', headers)
      expect.ok(read)
      expect.header(read, 'content-type', 's2s/proto')
      const records = splitFrames(read.body).flatMap((frame) => batchOf(frame).records)
      expect.records(records, 0n, [record('a'), record('b')])
    }
    const both = { 'content-type': 's2s/proto', accept: 'text/event-stream' }
    const read = await getRecords(stream, 'seq_num=0&count=2', both)
    expect.ok(read)
    note(`asked for S2S and SSE at once: ${read.headers['content-type']}`)
  }),

  onStream('RTE-020', 'Session response headers', { on: SESSIONS }, async ({ stream, transport, expect }) => {
    expect.ok(await stream.append(batch('a')))
    const options = { headers: { 'accept-encoding': 'gzip, zstd' } }
    const session = await stream.openRead({ seqNum: 0n }, options)
    // The record comes although the session goes on.
    expect.records(await session.records(1), 0n, [record('a')])
    const sessions = isS2s(transport) ? [session, await stream.openAppend(options)] : [session]
    for (const { headers } of sessions) {
      expect.header({ headers }, 'cache-control', 'no-cache, no-transform')
      expect.header({ headers }, 'x-accel-buffering', 'no')
      expect.header({ headers }, 'content-encoding', undefined)
      expect.header({ headers }, 'content-length', undefined)
    }
    for (const open of sessions) open.cancel()
  }),
]

const JSON_TYPE = /^application\/json\b/

const ASK_PROTOBUF = [
  { accept: 'application/protobuf' },
  { accept: 'application/x-protobuf' },
  { accept: 'APPLICATION/PROTOBUF' },
  { accept: 'application/protobuf;q=0.1, application/json' },
]

const GET_JSON = [
  {},
  { accept: '*/*' },
  { accept: 'application/json' },
  { accept: 'application/json;q=0.1, application/protobuf' },
  { accept: 'text/plain, application/protobuf' },
  { accept: 'nonsense' },
]

const ASK_SESSION = [
  { 'content-type': 's2s/proto' },
  { 'content-type': 'S2S/Proto' },
  { 'content-type': 's2s/proto', accept: 'application/protobuf' },
]

const PROTOBUF_BODY = { 'content-type': 'application/protobuf' }

/** `AppendInput` of one record with the body `more`, spelt out. */
const MORE_IN_PROTOBUF = Uint8Array.of(0x0a, 0x06, 0x1a, 0x04, 0x6d, 0x6f, 0x72, 0x65)
