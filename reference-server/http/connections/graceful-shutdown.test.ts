import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeFrame } from '../../../proto/frames.ts'
import { recordsPath } from '../../../proto/http.ts'
import { decodeAppendAck, decodeReadBatch, encodeAppendInput } from '../../../proto/messages.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import { openMemoryStore } from '../../store/memory.ts'
import { FakeClock, settle } from '../../testing/fake-clock.ts'
import { type HeldStore, heldStore } from '../../testing/held-store.ts'
import { type Duplex, type OpenDuplex, overHttp1, overHttp2 } from '../testing/duplex.ts'
import { connectRaw } from '../testing/raw-connection.ts'

const path = recordsPath('a-stream').replace(/^/, '/v1')
const headers = { 's2-basin': 'basin-1-x' }
const asSession = { ...headers, 'content-type': 's2s/proto' }
const GRACE_MS = 10_000

let clock: FakeClock
let store: HeldStore
let server: ReferenceServer
let url: string
const opened: Duplex[] = []
const sessions: ClientHttp2Session[] = []

beforeEach(async () => {
  clock = new FakeClock()
  store = heldStore(await openMemoryStore())
  server = await createServer({
    data: { store },
    clock,
    random: () => 0.5,
    report: (error) => expect.unreachable(String(error)),
  })
  url = await server.start()
  const json = { ...headers, 'content-type': 'application/json' }
  await fetch(`${url}/v1/basins/basin-1-x`, { method: 'PUT', headers: json })
  await fetch(`${url}/v1/streams/a-stream`, { method: 'PUT', headers: json })
})

afterEach(async () => {
  for (const duplex of opened.splice(0)) duplex.destroy()
  for (const session of sessions.splice(0)) session.destroy()
  await server.stop()
})

async function open(openDuplex: OpenDuplex, method: 'GET' | 'POST', query = ''): Promise<Duplex> {
  const duplex = openDuplex(url, method, `${path}${query}`, asSession)
  opened.push(duplex)
  if (method === 'GET') duplex.end()
  expect(await duplex.status).toBe(200)
  return duplex
}

const append = (...bodies: readonly string[]): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ records: bodies.map((body) => ({ body })) }),
  })

const input = (body: string): Uint8Array =>
  encodeFrame({
    payload: encodeAppendInput({ records: [{ headers: [], body: Buffer.from(body) }] }),
    compression: 'none',
  })

/** Each frame as what it carries, with a `!` behind what advises to reconnect. */
const told = ({ frames }: Duplex, decode: (payload: Uint8Array) => string): readonly string[] =>
  frames.map((frame) =>
    frame.kind === 'terminal'
      ? `${frame.flags.toString(16)} ${frame.status} ${JSON.parse(frame.json).code}`
      : `${decode(frame.payload)}${frame.reconnectAdvised ? '!' : ''}`,
  )

const read = (client: Duplex): readonly string[] =>
  told(
    client,
    (payload) =>
      decodeReadBatch(payload)
        .records.map(({ body }) => Buffer.from(body))
        .join() || '-',
  )

const acks = (client: Duplex): readonly string[] =>
  told(client, (payload) => `${decodeAppendAck(payload).start.seqNum}`)

const TERMINAL = '80 503 server_draining'

const TRANSPORTS = [
  ['HTTP/1.1 chunked', overHttp1],
  ['HTTP/2', overHttp2],
] as const

describe.each(TRANSPORTS)('a server that drains, over %s', (_name, openDuplex) => {
  test('advises a follower to reconnect, goes on for a second, then ends it (S2S-012, ERR-022)', async () => {
    await append('a')
    const follower = await open(openDuplex, 'GET', '?seq_num=0')
    await expect.poll(() => read(follower)).toEqual(['a', '-'])
    const appender = await open(openDuplex, 'POST')
    const stopped = server.stop(GRACE_MS)
    await expect.poll(() => read(follower)).toEqual(['a', '-', '-!'])
    appender.send(input('b'))
    await expect.poll(() => read(follower)).toEqual(['a', '-', '-!', 'b!'])
    await clock.advance(1_000)
    await follower.ended
    expect(read(follower)).toEqual(['a', '-', '-!', 'b!', TERMINAL])
    await appender.ended
    appender.end()
    await stopped
  })

  test('acknowledges all that a session has accepted, and refuses the rest of it (S2S-012, ERR-022)', async () => {
    const appender = await open(openDuplex, 'POST')
    appender.send(input('before'))
    await expect.poll(() => acks(appender)).toEqual(['0'])
    store.hold()
    appender.send(input('sequenced'))
    await expect.poll(() => store.waiting()).toBe(1)
    const stopped = server.stop(GRACE_MS)
    appender.send(input('advised'))
    await expect.poll(() => store.waiting()).toBe(2)
    await clock.advance(1_000)
    appender.send(input('too late'))
    await settle()
    expect(acks(appender)).toEqual(['0'])
    await store.release()
    await appender.ended
    expect(acks(appender)).toEqual(['0', '1!', '2!', TERMINAL])
    appender.end()
    await stopped
  })

  test('refuses what still waits to be let in behind 8 MiB under way', async () => {
    const appender = await open(openDuplex, 'POST')
    store.hold()
    for (let batch = 0; batch < 9; batch++) appender.send(input('x'.repeat(1_000_000)))
    await expect.poll(() => store.waiting()).toBe(8)
    const stopped = server.stop(GRACE_MS)
    await clock.advance(1_000)
    await store.release()
    await appender.ended
    expect(acks(appender).map((ack) => ack.replace('!', ''))).toEqual([...'01234567', TERMINAL])
    appender.end()
    await stopped
  })

  test('does not wait for the second where everybody follows the advice', async () => {
    const appender = await open(openDuplex, 'POST')
    const follower = await open(openDuplex, 'GET', '?seq_num=0')
    await expect.poll(() => read(follower)).toEqual(['-'])
    const stopped = server.stop(GRACE_MS)
    appender.end()
    await expect.poll(() => read(follower)).toEqual(['-', '-!'])
    follower.destroy()
    await appender.ended
    expect(acks(appender)).toEqual([])
    await stopped
  })

  test('ends a session that has read a part of the stream behind what it has sent', async () => {
    await append('a')
    const follower = await open(openDuplex, 'GET', '?seq_num=0&count=2&wait=30')
    await expect.poll(() => read(follower)).toEqual(['a', '-'])
    const stopped = server.stop(GRACE_MS)
    await clock.advance(1_000)
    await follower.ended
    expect(read(follower)).toEqual(['a', '-', '-!', TERMINAL])
    await stopped
  })
})

async function ask2(session: ClientHttp2Session, asked: string): Promise<[number | undefined, string]> {
  const stream = session.request({ ':path': asked, ...headers })
  const [head] = await once(stream, 'response')
  let body = ''
  for await (const chunk of stream) body += String(chunk)
  return [head[':status'], body]
}

function http2(): ClientHttp2Session {
  const session = connect(url)
  session.on('error', () => {})
  sessions.push(session)
  return session
}

describe('a server that drains', () => {
  test('refuses what comes on connections that are there, and is not healthy (CP-LITE-030, ERR-022)', async () => {
    const session = http2()
    const kept = await connectRaw(url)
    const ask = (asked: string) =>
      kept.send(`GET ${asked} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    ask('/health')
    await expect.poll(() => kept.received).toMatch(/^HTTP\/1\.1 200 /)
    expect(await ask2(session, '/health')).toEqual([200, 'OK'])
    const follower = await open(overHttp2, 'GET')
    const stopped = server.stop(GRACE_MS)

    expect(await ask2(session, '/health')).toEqual([503, 'the server is shutting down'])
    const refused = [503, expect.stringContaining('"server_draining"')]
    expect(await ask2(session, '/v1/basins')).toEqual(refused)
    expect(await ask2(session, `${path}/tail`)).toEqual(refused)
    ask('/v1/basins')
    await kept.closed
    expect(kept.received).toMatch(/HTTP\/1\.1 503 .*connection: close.*"server_draining"/s)
    await expect(connectRaw(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    follower.destroy()
    await stopped
  })

  test('says GOAWAY over HTTP/2, without an error, and then ends the connection', async () => {
    const session = http2()
    expect(await ask2(session, '/health')).toEqual([200, 'OK'])
    const goaway = once(session, 'goaway')
    const closed = once(session, 'close')
    await server.stop(GRACE_MS)
    expect((await goaway)[0]).toBe(0)
    await closed
  })

  test('lets an append finish that was under way, and one whose body was still to come', async () => {
    store.hold()
    const underWay = append('under way')
    await expect.poll(() => store.waiting()).toBe(1)
    const body = '{"records":[{"body":"to come"}]}'
    const late = await connectRaw(url)
    late.send(
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\ncontent-type: application/json\r\n` +
        `expect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n{`,
    )
    await expect.poll(() => late.received).toContain('100 Continue')
    const stopped = server.stop(GRACE_MS)
    late.send(body.slice(1))
    await expect.poll(() => store.waiting()).toBe(2)
    await store.release()
    expect(await (await underWay).json()).toMatchObject({ start: { seq_num: 0 } })
    await late.closed
    expect(late.received).toMatch(/HTTP\/1\.1 200 .*"start":\{"seq_num":1,/s)
    await stopped
  })

  test('refuses a read that waits for what is not there yet', async () => {
    const idle = clock.pending
    const polled = fetch(`${url}${path}?seq_num=0&wait=30`, { headers })
    // Whoever waits has a timer.
    await expect.poll(() => clock.pending).toBeGreaterThan(idle)
    const stopped = server.stop(GRACE_MS)
    const answer = await polled
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'server_draining' }),
    ])
    await stopped
  })

  test('ends events with an error that their clients resume from (SSE-008, SSE-009)', async () => {
    await append('a')
    const idle = clock.pending
    const events = await fetch(`${url}${path}?seq_num=0`, {
      headers: { ...headers, accept: 'text/event-stream' },
    })
    const text = events.text()
    await expect.poll(() => clock.pending).toBeGreaterThan(idle)
    await server.stop(GRACE_MS)
    const all = await text
    expect(all).toMatch(/^event: batch\nid: 0,1,9\n/)
    expect(all).toMatch(/event: error\ndata: \{"code":"server_draining","message":"[^"]*"\}\n\n$/)
    expect(all).not.toContain('[DONE]')
  })

  test('cuts what is left when the grace is over', async () => {
    store.hold()
    const appender = await open(overHttp2, 'POST')
    appender.send(input('never durable'))
    await expect.poll(() => store.waiting()).toBe(1)
    const stopped = server.stop(GRACE_MS)
    await clock.advance(GRACE_MS)
    await expect(appender.ended).rejects.toThrow()
    await store.release()
    await stopped
  })
})
