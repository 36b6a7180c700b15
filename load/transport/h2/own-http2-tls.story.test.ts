import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { HEAD_BYTES } from '../../../proto/frames.ts'
import { API_PREFIX, HEADERS, MEDIA_TYPES, recordsPath, tailPath } from '../../../proto/http.ts'
import { decodeAppendInput, decodeReadBatch } from '../../../proto/messages.ts'
import {
  type Certificate,
  SELF_SIGNED_HOSTS,
  selfSigned,
} from '../../../reference-server/http/connections/certificate.ts'
import { createServer } from '../../../reference-server/server.ts'
import { openMemoryStore } from '../../../reference-server/store/memory.ts'
import { createFiller } from '../../verify/filler.ts'
import type { Compression } from '../../workload/workload.ts'
import type { Append, Ending } from '../appender.ts'
import { BatchEncoder } from '../batch-encoder.ts'
import { type ConnectionOptions, createConnections } from '../connection.ts'
import type { Reader, ReaderParts } from '../reader.ts'
import { createS2sReader } from '../s2s-reader.ts'
import { createSseReader } from '../sse-reader.ts'
import { createUnaryAppender } from '../unary-appender.ts'
import type { UnaryWire } from '../unary-wire.ts'
import { createOwnSessions } from './own-sessions.ts'
import { ownHttp2Wire } from './wire.ts'

const RECORDS = `${API_PREFIX}${recordsPath('s')}`
const headers = { [HEADERS.basin]: 'tls-basin' }

let certificate: Certificate
beforeAll(async () => {
  certificate = await selfSigned(SELF_SIGNED_HOSTS)
  // As NODE_EXTRA_CA_CERTS does for a process that is yet to start.
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert])
})

const ended: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

/** Windows that are narrow, so that much of what is read waits for them. */
const target = (origin: string): ConnectionOptions => ({
  origin,
  streamWindow: 65_535,
  connectionWindow: 100_000,
})

type CreateReader = (parts: ReaderParts, options: ConnectionOptions) => Reader

function overOwnSessions(parts: ReaderParts, options: ConnectionOptions, compression: Compression): Reader {
  const sessions = createOwnSessions(options, 1)
  ended.push(() => sessions.close())
  return createS2sReader(parts, sessions, compression)
}

describe('the reference server over TLS', () => {
  /** With a basin and a stream, which are made over our own wire too. */
  async function start(): Promise<{ readonly url: string; readonly wire: UnaryWire }> {
    const server = await createServer({
      data: { store: await openMemoryStore() },
      options: { tls: certificate },
      report: (error) => expect.unreachable(String(error)),
    })
    const url = await server.start()
    ended.push(() => server.stop())
    expect(url).toMatch(/^https:/)
    const wire = ownHttp2Wire(target(url), 2)
    ended.push(() => wire.close())
    const config = { create_stream_on_append: true }
    const { status } = await wire.send({
      method: 'POST',
      path: `${API_PREFIX}/basins`,
      headers: { 'content-type': MEDIA_TYPES.json },
      body: JSON.stringify({ basin: 'tls-basin', config }),
    })
    expect(status).toBe(201)
    return { url, wire }
  }

  /** So many batches of two records, all under way at once; resolves with what was appended, by sequence number. */
  async function append(wire: UnaryWire, encoding: 'proto' | 'json', batches: number): Promise<Buffer[]> {
    const shape = [100, 9000]
    const encoder = new BatchEncoder({ tag: 1, filler: createFiller(1, 9000, 0), headers: [] })
    const ends: (readonly [Append, Ending])[] = []
    const appender = createUnaryAppender({
      wire,
      path: RECORDS,
      headers,
      encoding,
      now: () => 0,
      onWait() {},
      onWaited() {},
      onEnding: (append, ending) => ends.push([append, ending]),
      giveBack: (encoded) => encoder.giveBack(encoded),
    })
    await appender.open()
    const sent: Buffer[][] = []
    for (let index = 0; index < 2 * batches; index += 2) {
      const encoded = encoder.encode(shape, 0, index, 0)
      sent.push(decodeAppendInput(encoded.subarray(HEAD_BYTES)).records.map(({ body }) => Buffer.from(body)))
      appender.append({ writer: 0, index, count: 2, bytes: 9100, intendedUs: 0, sentUs: 0 }, encoded)
    }
    await expect.poll(() => ends.length).toBe(batches)
    const bodies: Buffer[] = []
    for (const [{ index }, ending] of ends) {
      if (ending.kind !== 'acked') expect.unreachable(JSON.stringify(ending))
      expect(ending.end).toBe(ending.start + 2)
      for (const [place, body] of (sent[index / 2] ?? []).entries()) bodies[ending.start + place] = body
    }
    expect(Object.keys(bodies)).toHaveLength(2 * batches)
    return bodies
  }

  test.each(['proto', 'json'] as const)(
    'appends in %s are acknowledged, and read back whole',
    async (encoding) => {
      const { wire } = await start()
      const bodies = await append(wire, encoding, 40)
      const { status, body } = await wire.send({
        method: 'GET',
        path: `${RECORDS}?seq_num=0`,
        headers: { ...headers, accept: MEDIA_TYPES.protobuf },
      })
      expect(status).toBe(200)
      expect(decodeReadBatch(body).records.map((record) => Buffer.from(record.body))).toEqual(bodies)
      const tail = await wire.send({ method: 'GET', path: `${API_PREFIX}${tailPath('s')}`, headers })
      expect(JSON.parse(tail.body.toString())).toMatchObject({ tail: { seq_num: 80 } })
    },
  )

  test('a unary read in JSON holds what was appended', async () => {
    const { wire } = await start()
    const bodies = await append(wire, 'json', 3)
    const { body } = await wire.send({
      method: 'GET',
      path: `${RECORDS}?seq_num=0`,
      headers: { ...headers, accept: MEDIA_TYPES.json, [HEADERS.format]: 'base64' },
    })
    expect(JSON.parse(body.toString())).toMatchObject({
      records: bodies.map((bytes) => ({ body: bytes.toString('base64') })),
    })
  })

  test.each<[string, CreateReader]>([
    ['by S2S', (parts, options) => overOwnSessions(parts, options, 'none')],
    ['by S2S, compressed by gzip', (parts, options) => overOwnSessions(parts, options, 'gzip')],
    ['by S2S, compressed by zstd', (parts, options) => overOwnSessions(parts, options, 'zstd')],
    [
      'by server-sent events',
      (parts, options) => {
        const connections = createConnections(options, 1)
        ended.push(() => connections.close())
        return createSseReader(parts, connections)
      },
    ],
  ])('what is there and what comes is read %s', async (_how, create) => {
    const { url, wire } = await start()
    const bodies = await append(wire, 'proto', 20)
    const read: Buffer[] = []
    const ends: (string | undefined)[] = []
    const reader = create(
      {
        path: RECORDS,
        headers,
        visitor: {
          record(seqNum, _timestamp, bytes, begin, end) {
            read[seqNum] = Buffer.from(bytes.subarray(begin, end))
          },
          tail() {},
        },
        onEnd: (why) => ends.push(why),
        onBytes() {},
      },
      target(url),
    )
    await reader.open(0)
    await expect.poll(() => read.length).toBe(40)
    const more = await append(wire, 'json', 20)
    await expect.poll(() => read.length).toBe(80)
    expect(read).toEqual([...bodies, ...more.slice(40)])
    expect(ends).toEqual([])
    reader.close()
  })

  test('a session of our own takes server-sent events as well as any other answer that goes on', async () => {
    const { url, wire } = await start()
    await append(wire, 'proto', 1)
    const sessions = createOwnSessions(target(url), 1)
    ended.push(() => sessions.close())
    let said = ''
    const giveUp = await sessions.get(
      `${RECORDS}?seq_num=0`,
      { ...headers, accept: MEDIA_TYPES['event-stream'] },
      { onStatus: (status) => expect(status).toBe(200), onContent: (content) => (said += content) },
      (error) => expect.unreachable(String(error)),
    )
    await expect.poll(() => said).toMatch(/^event: batch\n[\s\S]*\n\n/m)
    giveUp()
  })

  test('a request that is refused is told with its status, and the connection goes on', async () => {
    const { wire } = await start()
    const ask = (basin: string) =>
      wire.send({ method: 'GET', path: `${RECORDS}?seq_num=0`, headers: { [HEADERS.basin]: basin } })
    expect((await ask('nobodys-basin')).status).toBe(404)
    await append(wire, 'proto', 1)
    expect((await ask('tls-basin')).status).toBe(200)
  })
})
