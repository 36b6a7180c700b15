import { once } from 'node:events'
import { createServer as createHttp1, type Server } from 'node:http'
import http2, { type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { UnaryWire } from '../unary-wire.ts'
import { createWindowAudit } from '../window-audit.ts'
import { ownHttp2Wire } from './wire.ts'

type Listening = { listen(port: number, host: string): unknown; address(): unknown } & NodeJS.EventEmitter
type Serve = (stream: ServerHttp2Stream, headers: http2.IncomingHttpHeaders, body: Buffer) => void

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

async function portOf(server: Listening): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function wireTo(
  port: number,
  windows = { stream: 65_535, connection: 65_535 },
  host = '127.0.0.1',
): UnaryWire {
  const wire = ownHttp2Wire(
    {
      origin: `http://${host}:${port}`,
      streamWindow: windows.stream,
      connectionWindow: windows.connection,
    },
    1,
  )
  ended.push(() => wire.close())
  return wire
}

/** A server of node:http2 that answers when it has the whole body. */
async function start(
  serve: Serve,
  settings: http2.Settings = {},
): Promise<{ readonly port: number; readonly server: Http2Server; readonly sessions: ServerHttp2Session[] }> {
  const server = http2.createServer({ settings })
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => {
    sessions.push(session)
    session.on('error', () => {})
  })
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = []
    stream.on('error', () => {})
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => serve(stream, headers, Buffer.concat(chunks)))
  })
  ended.push(() => {
    for (const session of sessions) session.destroy()
    server.close()
  })
  return { port: await portOf(server), server, sessions }
}

const answer = (stream: ServerHttp2Stream, status: number, body: Buffer | string = ''): void => {
  stream.respond({ ':status': status })
  stream.end(body)
}

const post = (wire: UnaryWire, body: Buffer | string, headers: Readonly<Record<string, string>> = {}) =>
  wire.send({ method: 'POST', path: '/v1/streams/s/records', headers, body })

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, (_none, at) => (at * 31) % 251))

describe('a server of node:http2', () => {
  test('gets method, path, headers and body, and its answer comes back', async () => {
    const { port } = await start((stream, headers, body) => {
      const { ':method': method, ':path': path, ':authority': authority, 's2-basin': basin } = headers
      answer(stream, 200, JSON.stringify({ method, path, authority, basin, length: body.length }))
    })
    const wire = wireTo(port)
    for (const length of [1, 126, 127, 128, 400, 3000]) {
      const { status, body } = await post(wire, noise(length), { 'S2-Basin': 'b'.repeat(length) })
      expect(status).toBe(200)
      expect(JSON.parse(body.toString())).toEqual({
        method: 'POST',
        path: '/v1/streams/s/records',
        authority: `127.0.0.1:${port}`,
        basin: 'b'.repeat(length),
        length,
      })
    }
    const { body } = await wire.send({ method: 'GET', path: '/tail', headers: {} })
    expect(JSON.parse(body.toString())).toMatchObject({ method: 'GET', path: '/tail', length: 0 })
  })

  test.each([200, 201, 204, 206, 304, 400, 403, 404, 409, 412, 416, 429, 500, 503, 599])(
    'may answer %i',
    async (status) => {
      const { port } = await start((stream) => answer(stream, status))
      expect((await post(wireTo(port), 'x')).status).toBe(status)
    },
  )

  test('may say something before it answers, and after it', async () => {
    const { port } = await start((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' })
      stream.respond({ ':status': 200, 'x-long': 'y'.repeat(40_000) }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-after': 'z' }))
      stream.end('body')
    })
    expect(await post(wireTo(port), 'x')).toEqual({ status: 200, body: Buffer.from('body') })
  })

  test.each<[string, http2.Settings]>([
    ['the windows that there are without settings', {}],
    ['narrow windows and frames', { initialWindowSize: 1000, maxFrameSize: 16_384 }],
    ['no window at first', { initialWindowSize: 0 }],
  ])('gets large bodies through %s', async (_what, settings) => {
    const { port, sessions } = await start((stream, _headers, body) => answer(stream, 200, body), settings)
    const wire = wireTo(port)
    const bodies = [noise(300_000), noise(1), noise(70_000), noise(1_000_000)]
    const answers = Promise.all(bodies.map((body) => post(wire, body)))
    if (settings.initialWindowSize === 0) {
      await expect.poll(() => sessions.length).toBe(1)
      sessions[0]?.settings({ initialWindowSize: 40_000 })
    }
    for (const [index, { body }] of (await answers).entries())
      expect(body.equals(bodies[index] ?? Buffer.alloc(0)), `${bodies[index]?.length} bytes`).toBe(true)
  })

  test.each([0, 100, 4096, 65_536])('may keep a table of %i bytes for heads', async (headerTableSize) => {
    const { port, sessions } = await start((stream) => answer(stream, 200), { headerTableSize })
    const wire = wireTo(port)
    for (let turn = 0; turn < 2; turn++) expect((await post(wire, 'x')).status).toBe(200)
    sessions[0]?.settings({ headerTableSize: 10 })
    await expect.poll(() => sessions[0]?.pendingSettingsAck).toBe(false)
    for (let turn = 0; turn < 2; turn++) expect((await post(wire, 'x')).status).toBe(200)
    expect(sessions.length).toBe(1)
  })

  test('is not asked for more at a time than it takes', async () => {
    const open: ServerHttp2Stream[] = []
    const { port } = await start((stream) => open.push(stream), { maxConcurrentStreams: 2 })
    const wire = wireTo(port)
    const answers = Array.from({ length: 9 }, () => post(wire, 'x'))
    for (let done = 0; done < 9; ) {
      await expect.poll(() => open.length).toBe(Math.min(2, 9 - done))
      const some = open.splice(0)
      for (const stream of some) answer(stream, 200)
      done += some.length
    }
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(
      Array.from({ length: 9 }, () => 200),
    )
  })

  test('may refuse before it has the body, and is not sent the rest of it', async () => {
    const server = http2.createServer()
    let came = 0
    server.on('stream', (stream) => {
      stream.on('error', () => {})
      stream.on('data', (chunk: Buffer) => {
        came += chunk.length
      })
      answer(stream, 413, 'no')
    })
    ended.push(() => server.close())
    const wire = wireTo(await portOf(server))
    expect(await post(wire, noise(10_000_000))).toEqual({ status: 413, body: Buffer.from('no') })
    expect((await post(wire, 'x')).status).toBe(413)
    expect(came).toBeLessThan(10_000_000)
  })

  test('is seen to give a window that is too small', async () => {
    const { port, sessions } = await start((stream) => answer(stream, 200), { initialWindowSize: 1000 })
    const audit = createWindowAudit()
    const wire = ownHttp2Wire(
      { origin: `http://127.0.0.1:${port}`, streamWindow: 65_535, connectionWindow: 1 << 20 },
      1,
      audit,
    )
    ended.push(() => wire.close())
    expect((await post(wire, 'x')).status).toBe(200)
    sessions[0]?.settings({ initialWindowSize: 0 })
    await expect.poll(() => sessions[0]?.pendingSettingsAck).toBe(false)
    const waiting = post(wire, noise(5000))
    await expect.poll(() => audit.look(), { interval: 10 }).toBeGreaterThan(0)
    expect(audit.figures()).toMatchObject({ theirs: { stream: 1000 }, stretches: 1 })
    expect(audit.figures().blockedByStreamMs).toBeGreaterThan(0)
    sessions[0]?.settings({ initialWindowSize: 10_000 })
    expect((await waiting).status).toBe(200)
    audit.look()
    expect(audit.look()).toBe(0)
  })

  test('is not sent a head that is longer than it takes at once', async () => {
    const { port } = await start((stream) => answer(stream, 200))
    const wire = wireTo(port)
    await expect(post(wire, 'x', { long: 'y'.repeat(20_000) })).rejects.toThrow(
      'longer than the target takes',
    )
    expect((await post(wire, 'x')).status).toBe(200)
  })

  test('may break a stream, and the others go on', async () => {
    const { port } = await start((stream, _headers, body) => {
      if (body.toString() === 'break') stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR)
      else answer(stream, 200)
    })
    const wire = wireTo(port)
    const [broken, whole] = await Promise.allSettled([post(wire, 'break'), post(wire, 'x')])
    expect(broken).toMatchObject({ reason: { message: 'the stream was closed with code 2' } })
    expect(whole).toMatchObject({ value: { status: 200 } })
  })

  test.each<[string, (session: ServerHttp2Session) => void]>([
    ['cut', (session) => session.socket.destroy()],
    ['end', (session) => session.destroy()],
  ])(
    'may %s the connection: what is under way is lost, and what follows goes over another',
    async (_what, end) => {
      let isOver = false
      const { port, sessions } = await start((stream) => {
        if (isOver) answer(stream, 200)
        else if (stream.session !== undefined) end(stream.session as ServerHttp2Session)
        isOver = true
      })
      const wire = wireTo(port)
      await expect(post(wire, 'x')).rejects.toThrow()
      expect((await post(wire, 'x')).status).toBe(200)
      expect(sessions.length).toBe(2)
    },
  )

  test('may go away in good order: what is under way ends, and what follows goes over another connection', async () => {
    const { port, sessions } = await start((stream) => {
      if (sessions.length === 1) sessions[0]?.close()
      setImmediate(() => answer(stream, 200))
    })
    const wire = wireTo(port)
    expect((await post(wire, 'x')).status).toBe(200)
    await expect.poll(() => post(wire, 'x').then(({ status }) => status)).toBe(200)
    expect(sessions.length).toBe(2)
  })
})

describe('what is no server of HTTP/2', () => {
  const told = (wire: UnaryWire, why: string): Promise<void> =>
    expect(post(wire, 'x')).rejects.toMatchObject({
      name: 'TransportError',
      code: 'unreachable',
      message: expect.stringContaining(why),
    })

  test('is told as such', async () => {
    const server: Server = createHttp1()
    ended.push(() => server.close())
    await told(wireTo(await portOf(server)), 'breaks HTTP/2: the target sent a frame of 4740180 bytes')
  })

  test.each([
    ['that closes at once', undefined, 'closed the connection before it spoke HTTP/2'],
    [
      'that sends a frame that is too long',
      Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]),
      'longer than is allowed',
    ],
    [
      'that pushes an answer',
      Buffer.from([0, 0, 4, 5, 4, 0, 0, 0, 1, 0, 0, 0, 2]),
      'breaks HTTP/2: the target sent a PUSH_PROMISE frame',
    ],
  ])('one %s is told as such', async (_what, bytes, why) => {
    const server = createTcp((socket) => {
      socket.on('error', () => {})
      if (bytes === undefined) socket.resume().end()
      else socket.write(bytes)
    })
    ended.push(() => server.close())
    await told(wireTo(await portOf(server)), why)
  })

  test.each(['127.0.0.1', 'localhost'])('nobody at %s is told as such', async (host) => {
    const server = createTcp()
    const port = await portOf(server)
    server.close()
    await once(server, 'close')
    await told(wireTo(port, undefined, host), 'ECONNREFUSED')
  })
})
