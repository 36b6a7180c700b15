import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decompress } from '../proto/compression.ts'
import { FrameDecoder } from '../proto/frames.ts'
import { HEADERS, recordsPath, tailPath } from '../proto/http.ts'
import { appendAckFromJson, readBatchFromJson, tailFromJson } from '../proto/json-bodies.ts'
import { decodeReadBatch, encodeAppendInput } from '../proto/messages.ts'
import { SseParser } from '../proto/sse.ts'
import { parseReadSessionEvent } from '../proto/sse-events.ts'
import type { SequencedRecord } from '../proto/types.ts'
import { connectRaw } from './http/testing/raw-connection.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'
import { eventually } from './testing/eventually.ts'

let server: ReferenceServer
let api: string

beforeAll(async () => {
  server = await createServer({
    data: { store: await openMemoryStore() },
    options: { backend: { trimDelay: 0 } },
    report: (error) => expect.unreachable(String(error)),
  })
  api = `${await server.start()}/v1`
  await ask('PUT', '/basins/story-basin')
})

afterAll(() => server.stop())

const json = { 'content-type': 'application/json' }

async function ask(
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = json,
): Promise<Response> {
  return fetch(`${api}${path}`, {
    method,
    headers: { [HEADERS.basin]: 'story-basin', ...headers },
    ...(body !== undefined && { body }),
  })
}

const bytesOf = async (response: Response): Promise<Uint8Array> =>
  new Uint8Array(await response.arrayBuffer())

let made = 0

async function newStream(): Promise<string> {
  const stream = `a/story ${++made}`
  const created = await ask('POST', '/streams', JSON.stringify({ stream }))
  expect(created.status).toBe(201)
  expect(created.headers.get(HEADERS.provisionResult)).toBe('created')
  return stream
}

async function append(stream: string, ...bodies: readonly string[]): Promise<void> {
  const records = bodies.map((body) => ({ body }))
  const answer = await ask('POST', recordsPath(stream), JSON.stringify({ records }))
  expect(answer.status).toBe(200)
}

type ReadOver = (path: string) => Promise<readonly SequencedRecord[]>

const READS: readonly (readonly [transport: string, read: ReadOver])[] = [
  ['unary JSON', async (path) => readBatchFromJson(await bytesOf(await ask('GET', path)), 'raw').records],
  [
    'unary JSON in base64',
    async (path) => {
      const answer = await ask('GET', path, undefined, { 's2-format': 'base64' })
      return readBatchFromJson(await bytesOf(answer), 'base64').records
    },
  ],
  [
    'unary protobuf',
    async (path) => {
      const answer = await ask('GET', path, undefined, { accept: 'application/protobuf' })
      return decodeReadBatch(await bytesOf(answer)).records
    },
  ],
  [
    'server-sent events',
    async (path) => {
      const answer = await ask('GET', path, undefined, { accept: 'text/event-stream' })
      const events = new SseParser()
        .push(await bytesOf(answer))
        .map((sse) => parseReadSessionEvent(sse, 'raw'))
      expect(events.at(-1)).toEqual({ kind: 'done' })
      return events.flatMap((event) => (event?.kind === 'batch' ? event.batch.records : []))
    },
  ],
  ...['identity', 'gzip', 'zstd'].map((coding): readonly [string, ReadOver] => [
    `frames, ${coding}`,
    async (path) => {
      const headers = { 'content-type': 's2s/proto', 'accept-encoding': coding }
      const frames = [...new FrameDecoder().push(await bytesOf(await ask('GET', path, undefined, headers)))]
      const batches = frames.map(async (frame) => {
        if (frame.kind !== 'message') throw new Error(frame.json)
        return decodeReadBatch(await decompress(frame)).records
      })
      return (await Promise.all(batches)).flat()
    },
  ]),
]

describe('records', () => {
  test('append in JSON and protobuf, acknowledged and counted', async () => {
    const stream = await newStream()
    const first = await ask(
      'POST',
      recordsPath(stream),
      '{"records":[{"timestamp":1,"body":"a"},{"timestamp":2}]}',
    )
    expect(appendAckFromJson(await bytesOf(first))).toMatchObject({
      start: { seqNum: 0n, timestamp: 1n },
      end: { seqNum: 2n, timestamp: 2n },
    })
    const input = encodeAppendInput({ records: [{ headers: [], body: Buffer.from('b') }], matchSeqNum: 2n })
    const second = await ask('POST', recordsPath(stream), Uint8Array.from(input), {
      'content-type': 'application/protobuf',
    })
    expect(appendAckFromJson(await bytesOf(second))).toMatchObject({
      start: { seqNum: 2n },
      end: { seqNum: 3n },
    })
    const tail = await ask('GET', tailPath(stream))
    expect(tailFromJson(await bytesOf(tail))).toMatchObject({ seqNum: 3n })
  })

  test.each(READS)('are the same over %s', async (_transport, read) => {
    const stream = await newStream()
    const long = 'x'.repeat(3000)
    await append(stream, 'one', '', 'é😀\u0000', long)
    await append(stream, 'not asked for')
    const records = await read(`${recordsPath(stream)}?seq_num=0&count=4`)
    expect(records.map(({ seqNum }) => seqNum)).toEqual([0n, 1n, 2n, 3n])
    expect(records.map(({ body }) => Buffer.from(body).toString())).toEqual(['one', '', 'é😀\u0000', long])
  })

  test('a long poll ends with the next append', async () => {
    const stream = await newStream()
    const poll = ask('GET', `${recordsPath(stream)}?seq_num=0&wait=30`)
    await append(stream, 'a')
    const { records, tail } = readBatchFromJson(await bytesOf(await poll), 'raw')
    expect(records).toHaveLength(1)
    expect(tail ?? { seqNum: 1n }).toMatchObject({ seqNum: 1n })
  })

  test('conditions, fences and trims', async () => {
    const stream = await newStream()
    const fence = '{"records":[{"headers":[["","fence"]],"body":"mine"}]}'
    expect((await ask('POST', recordsPath(stream), fence)).status).toBe(200)
    const fenced = await ask('POST', recordsPath(stream), '{"records":[{}],"fencing_token":"theirs"}')
    expect([fenced.status, await fenced.text()]).toEqual([412, '{"fencing_token_mismatch":"mine"}'])
    const mismatched = await ask('POST', recordsPath(stream), '{"records":[{}],"match_seq_num":0}')
    expect([mismatched.status, await mismatched.text()]).toEqual([412, '{"seq_num_mismatch":1}'])
    const trim =
      '{"records":[{"headers":[["","trim"]],"body":"\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0001"}]}'
    expect((await ask('POST', recordsPath(stream), trim)).status).toBe(200)
    await expect
      .poll(async () => {
        const answer = await ask('GET', `${recordsPath(stream)}?seq_num=0`)
        return readBatchFromJson(await bytesOf(answer), 'raw').records[0]?.seqNum
      })
      .toBe(1n)
    const beyond = await ask('GET', `${recordsPath(stream)}?seq_num=9`)
    expect([beyond.status, tailFromJson(await bytesOf(beyond)).seqNum]).toEqual([416, 2n])
  })
})

describe('basins and streams', () => {
  test('come and go', async () => {
    const config = {
      create_stream_on_append: true,
      default_stream_config: { retention_policy: { infinite: {} } },
    }
    const created = await ask('POST', '/basins', JSON.stringify({ basin: 'story-comes', config }))
    expect([created.status, created.headers.get(HEADERS.provisionResult)]).toEqual([201, 'created'])
    const inIt = { ...json, [HEADERS.basin]: 'story-comes' }
    const appended = await ask('POST', recordsPath('made on append'), '{"records":[{}]}', inIt)
    expect(appended.status).toBe(200)
    const listed = await ask('GET', '/streams', undefined, inIt)
    expect(await listed.json()).toMatchObject({
      streams: [{ name: 'made on append', deleted_at: null, cipher: null }],
      has_more: false,
    })
    const inherited = await ask('GET', '/streams/made%20on%20append', undefined, inIt)
    expect(await inherited.json()).toMatchObject({ retention_policy: { infinite: {} } })
    expect((await ask('DELETE', '/basins/story-comes')).status).toBe(202)
    const again = await ask('POST', '/basins', '{"basin":"story-comes"}')
    expect([again.status, await again.json()]).toMatchObject([409, { code: 'basin_deletion_pending' }])
  })
})

test.each(['s2s/proto', 'text/event-stream'])(
  'a follower that leaves is missed, whatever it sent with its question (%s)',
  async (type) => {
    const stream = await newStream()
    const connection = await connectRaw(api)
    const size = 1_000_000
    const headers = [
      `${HEADERS.basin}: story-basin`,
      `content-type: ${type}`,
      `accept: ${type}`,
      `content-length: ${size}`,
    ]
    const head = ['host: localhost', ...headers].join('\r\n')
    connection.send(`GET /v1${recordsPath(stream)} HTTP/1.1\r\n${head}\r\n\r\n${'x'.repeat(size)}`)
    await eventually(
      async () => connection.received,
      (text) => text.includes('200 OK'),
    )
    connection.socket.end()
    await connection.closed
  },
)
