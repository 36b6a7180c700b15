import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { afterEach, describe, expect, test } from 'vitest'
import type { Position } from '../../proto/types.ts'
import type { Backend } from '../backend/backend.ts'
import { createServer, type ReferenceServer } from '../server.ts'
import { FakeClock, settle } from '../testing/fake-clock.ts'
import { fakeBackend } from './testing/fake-backend.ts'
import { connectRaw, type RawConnection } from './testing/raw-connection.ts'

const connections: RawConnection[] = []
const sessions: ClientHttp2Session[] = []
const servers: ReferenceServer[] = []

afterEach(async () => {
  for (const { socket } of connections.splice(0)) socket.destroy()
  for (const session of sessions.splice(0)) session.destroy()
  for (const server of servers.splice(0)) await server.stop()
})

async function serve(
  answers: Partial<Backend> = {},
  clock?: FakeClock,
): Promise<{ url: string; server: ReferenceServer }> {
  const { backend } = fakeBackend(answers)
  const server = await createServer({ data: { backend }, ...(clock && { clock }) })
  servers.push(server)
  return { url: await server.start(), server }
}

async function raw(url: string): Promise<RawConnection> {
  const connection = await connectRaw(url)
  connections.push(connection)
  return connection
}

function http2(url: string): ClientHttp2Session {
  const session = connect(url)
  session.on('error', () => {})
  sessions.push(session)
  return session
}

async function get2(session: ClientHttp2Session, path: string): Promise<[number | undefined, string]> {
  const stream = session.request({ ':path': path, 's2-basin': 'basin-1-x' })
  const [head] = await once(stream, 'response')
  let body = ''
  for await (const chunk of stream) body += String(chunk)
  return [head[':status'], body]
}

const HEALTH = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n'

describe('one port', () => {
  test('speaks HTTP/1.1 and HTTP/2 (CP-LITE-031)', async () => {
    const { url } = await serve()
    expect(await get2(http2(url), '/health')).toEqual([200, 'OK'])
    const connection = await raw(url)
    connection.send(HEALTH)
    await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nOK$/s)
  })

  test('understands a request that comes byte by byte, and several at once', async () => {
    const { url } = await serve()
    const connection = await raw(url)
    connection.socket.setNoDelay(true)
    for (const byte of HEALTH) {
      connection.send(byte)
      await new Promise(setImmediate)
    }
    connection.send(HEALTH + HEALTH)
    await expect.poll(() => connection.received.match(/200 OK/g)?.length).toBe(3)
  })

  test.each([
    ['no HTTP', 'garbage\r\n\r\n', 400],
    ['almost the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSX\r\n\r\n', 400],
    ['a wrong version', 'GET / HTTP/9.9\r\nhost: localhost\r\n\r\n', 400],
    [
      'a chunk without a length',
      'POST /v1/basins HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nxx\r\n',
      400,
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
    ],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\nhost: localhost\r\n\r\n', 400],
    ['no host', 'GET /health HTTP/1.1\r\n\r\n', 400],
    ['an empty host', 'GET /health HTTP/1.1\r\nhost:\r\n\r\n', 400],
    ['too many headers', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 400],
  ])('answers %s with a refusal', async (_what, bytes, status) => {
    const { url } = await serve()
    const connection = await raw(url)
    connection.send(bytes)
    await expect.poll(() => connection.received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(await get2(http2(url), '/health')).toEqual([200, 'OK'])
  })

  test('closes the connection on which it was spoken to in no HTTP', async () => {
    const { url } = await serve()
    const connection = await raw(url)
    connection.send('garbage\r\n\r\n')
    await connection.closed
    expect(connection.received).toContain('{"code":"bad_header"')
  })

  test.each([
    [
      'a head that is too long',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(33_000)}\r\n\r\n`,
      '32768',
    ],
    [
      'extensions of a chunk that are too long',
      `POST /v1/basins HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(17_000)}\r\n`,
      '16384',
    ],
  ])('tells of the limit that %s has met', async (_what, bytes, limit) => {
    const { url } = await serve()
    const connection = await raw(url)
    connection.send(bytes)
    await connection.closed
    expect(connection.received).toMatch(new RegExp(`^HTTP/1\\.1 400 .*exceed ${limit} bytes`, 's'))
  })

  test('requests on one connection are handled one after the other, and none for a client that has left', async () => {
    const gates: PromiseWithResolvers<{ tail: Position }>[] = []
    const { url } = await serve({
      checkTail() {
        gates.push(Promise.withResolvers())
        return gates.at(-1)?.promise ?? Promise.reject(new Error('no gate'))
      },
    })
    const connection = await raw(url)
    const request =
      'GET /v1/streams/x/records/tail HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n'
    connection.send(request.repeat(3))
    await expect.poll(() => gates.length).toBe(1)
    gates[0]?.resolve({ tail: { seqNum: 1n, timestamp: 1n } })
    await expect.poll(() => gates.length).toBe(2)
    expect(connection.received).toMatch(/"seq_num":1,.*$/s)
    connection.socket.destroy()
    await expect.poll(async () => (await get2(http2(url), '/health'))[1]).toBe('OK')
    gates[1]?.resolve({ tail: { seqNum: 2n, timestamp: 1n } })
    await settle()
    expect(gates).toHaveLength(2)
  })

  test('a client that sends hundreds of requests ahead loses its connection', async () => {
    const { url } = await serve({ checkTail: () => new Promise(() => {}) })
    const connection = await raw(url)
    const request =
      'GET /v1/streams/x/records/tail HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n'
    connection.send(request.repeat(257))
    const other = await raw(url)
    other.send(HEALTH)
    await expect.poll(() => other.received).toContain('200 OK')
    expect(connection.socket.closed).toBe(false)
    connection.send(request)
    await connection.closed
    expect(connection.received).toBe('')
  })

  test('who comes when all places are taken is closed, and when one has become free is served', async () => {
    const { backend } = fakeBackend()
    const server = await createServer({ data: { backend }, options: { bounds: { connections: 2 } } })
    servers.push(server)
    const url = await server.start()
    const [first] = [await raw(url), await raw(url)]
    const third = await raw(url)
    await third.closed
    expect(third.received).toBe('')
    first?.socket.destroy()
    await expect
      .poll(async () => {
        const next = await raw(url)
        next.send(HEALTH)
        await Promise.race([next.closed, settle()])
        return next.received
      })
      .toContain('200 OK')
  })

  test('a client that says nothing is given up', async () => {
    const clock = new FakeClock()
    const { url } = await serve({}, clock)
    const silent = await raw(url)
    const hesitant = await raw(url)
    hesitant.send('PRI * HT')
    await expect.poll(() => clock.pending).toBe(2)
    await clock.advance(60_000)
    await silent.closed
    await hesitant.closed
  })

  test('a method that HTTP/1.1 does not know is not allowed on a path that is there', async () => {
    const { url } = await serve()
    const stream = http2(url).request({ ':method': 'FLY', ':path': '/v1/basins' })
    const [head] = await once(stream, 'response')
    expect(head).toMatchObject({ ':status': 405, allow: 'GET, HEAD, POST' })
  })
})

describe('names of dots', () => {
  test.each(['%2E', '%2e%2E'])('%s is refused as bad_path', async (name) => {
    const { url } = await serve()
    const path = `/v1/streams/${name}/records/tail`
    const [status, body] = await get2(http2(url), path)
    expect([status, body]).toEqual([400, expect.stringContaining('"bad_path"')])
    const connection = await raw(url)
    connection.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 400 .*"bad_path"/s)
  })
})

describe('what a client sends after its answer', () => {
  test('is read for a while, then the connection is cut', async () => {
    const clock = new FakeClock()
    const { url } = await serve({}, clock)
    const connection = await raw(url)
    const head = ['POST /v1/basins HTTP/1.1', 'host: localhost', 'transfer-encoding: chunked']
    connection.send(`${head.join('\r\n')}\r\ncontent-type: application/json\r\n\r\n`)
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
    connection.send(chunk.repeat(40))
    await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 400 .*"bad_json"/s)
    connection.send(chunk)
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(10_000)
    await connection.closed
  })

  test('is forgotten with the connection', async () => {
    const clock = new FakeClock()
    const { url } = await serve({}, clock)
    const connection = await raw(url)
    const head = 'POST /v1/basins HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4000000\r\n'
    connection.send(`${head}content-type: application/json\r\n\r\n${' '.repeat(3_000_000)}`)
    await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 400 .*"bad_json"/s)
    expect(clock.pending).toBe(1)
    connection.socket.destroy()
    await expect.poll(() => clock.pending).toBe(0)
  })
})

test('a body that takes too long is given up: 408', async () => {
  const clock = new FakeClock()
  const { url } = await serve({}, clock)
  const connection = await raw(url)
  const head = [
    'POST /v1/basins HTTP/1.1',
    'host: localhost',
    'content-type: application/json',
    'content-length: 9',
  ]
  connection.send(`${head.join('\r\n')}\r\n\r\n{`)
  await expect.poll(() => clock.pending).toBe(1)
  await clock.advance(120_000)
  await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 408 .*"request_timeout"/s)
})

/** One frame of HTTP/2 on stream 1. */
const frame2 = (type: number, flags: number, payload: Uint8Array, stream = 1): Uint8Array =>
  Buffer.concat([Buffer.of(0, 0, payload.length, type, flags, 0, 0, 0, stream), payload])

/** A header block of literals. */
const headers2 = (headers: Readonly<Record<string, string>>): Uint8Array =>
  Buffer.concat(
    Object.entries(headers).map(([name, value]) =>
      Buffer.from(`\0${String.fromCharCode(name.length)}${name}${String.fromCharCode(value.length)}${value}`),
    ),
  )

describe('a body over HTTP/2', () => {
  const head = headers2({
    ':method': 'POST',
    ':scheme': 'http',
    ':path': '/v1/streams/x/records',
    host: 'localhost',
    's2-basin': 'basin-1-x',
    'content-type': 'application/protobuf',
  })
  const oneRecord = Uint8Array.of(0x0a, 0)
  const [settings, open] = [frame2(4, 0, new Uint8Array(), 0), frame2(1, 4, head)]

  test.each([
    ['ends', frame2(0, 1, new Uint8Array()), 1],
    ['is reset', frame2(3, 0, Uint8Array.of(0, 0, 0, 8)), 0],
    ['is reset without an error', frame2(3, 0, Uint8Array.of(0, 0, 0, 0)), 0],
    ['is cut', undefined, 0],
  ])('that %s after a whole record', async (_how, last, appended) => {
    let batches = 0
    const { url } = await serve({
      async append() {
        batches++
        return { refusal: 'seq-num-mismatch', actual: 0n }
      },
    })
    const connection = await raw(url)
    connection.send(
      Buffer.concat([
        Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
        settings,
        open,
        frame2(0, 0, oneRecord),
      ]),
    )
    // A PING comes back once everything before it was read.
    connection.send(frame2(6, 0, Buffer.from('received'), 0))
    await expect.poll(() => connection.received).toContain('received')
    if (last === undefined) connection.socket.destroy()
    else connection.send(Buffer.concat([last, frame2(6, 0, Buffer.from('finished'), 0)]))
    if (last !== undefined) await expect.poll(() => connection.received).toContain('finished')
    if (appended > 0) await expect.poll(() => batches).toBe(appended)
    expect(await get2(http2(url), '/health')).toEqual([200, 'OK'])
    expect(batches).toBe(appended)
  })
})

describe('stop', () => {
  const tail = { seqNum: 0n, timestamp: 0n }
  const path = '/v1/streams/x/records/tail'

  test('lets what is under way finish, on both versions, and accepts nothing more (CP-LITE-030)', async () => {
    const gate = Promise.withResolvers<void>()
    let waiting = 0
    const { url, server } = await serve({
      async checkTail() {
        waiting++
        await gate.promise
        return { tail }
      },
    })
    const idle = await raw(url)
    idle.send(HEALTH)
    const silent = await raw(url)
    const busy = await raw(url)
    busy.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    const answer2 = get2(http2(url), path)
    await expect.poll(() => waiting).toBe(2)
    await expect.poll(() => idle.received).toContain('OK')

    const stopped = server.stop(60_000)
    await idle.closed
    await silent.closed
    await expect(connectRaw(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    gate.resolve()
    await stopped
    expect(await answer2).toEqual([200, expect.stringContaining('"seq_num":0')])
    await busy.closed
    expect(busy.received).toMatch(/^HTTP\/1\.1 200 OK.*"seq_num":0/s)
  })

  test('without grace cuts at once, on whatever clock', async () => {
    const { url, server } = await serve({ checkTail: () => new Promise(() => {}) }, new FakeClock())
    const busy = await raw(url)
    busy.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    await server.stop()
    await busy.closed
    expect(busy.received).toBe('')
  })

  test('cuts what takes longer (CP-LITE-030)', async () => {
    const clock = new FakeClock()
    const { url, server } = await serve({ checkTail: () => new Promise(() => {}) }, clock)
    const busy = await raw(url)
    busy.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    const stream = http2(url).request({ ':path': path, 's2-basin': 'basin-1-x' })
    stream.on('error', () => {})
    await once(stream, 'ready')
    await expect.poll(() => clock.pending).toBe(0)
    const stopped = server.stop(10_000)
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(10_000)
    await stopped
    await busy.closed
    expect(busy.received).toBe('')
  })
})
