import type { Http2Session, ServerHttp2Stream } from 'node:http2'
import net, { type AddressInfo } from 'node:net'
import zlib from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { realClock } from '../../kit/clock.ts'
import { TargetError } from '../target-error.ts'
import { startHttp2Stub, startStub } from '../testing/stub-server.ts'
import { collectBody } from './collect.ts'
import { withDeadline } from './deadline.ts'
import { createHttp1 } from './http1.ts'
import { createHttp2 } from './http2.ts'
import type { Wire, WireAnswer, WireRequest } from './wire.ts'

const closers: (() => Promise<void>)[] = []
const closing = <T extends { close(): Promise<void> }>(thing: T): T => {
  closers.unshift(() => thing.close())
  return thing
}
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const request = (origin: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'GET',
  origin,
  path: '/',
  headers: {},
  body: undefined,
  http: '1.1',
  ...more,
})
const never = new AbortController().signal
const WHOLE = { upload: false, ownConnection: false }
const DUPLEX = { upload: true, ownConnection: true }

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof TargetError) return error.code
    throw error
  }
  throw new Error('no error')
}

async function read(answer: WireAnswer): Promise<string> {
  return Buffer.from(await collectBody(answer)).toString()
}

describe('HTTP/1.1', () => {
  test('sends path, headers and body exactly as they are', async () => {
    const stub = closing(await startStub(() => ({ headers: { 'x-a': 'b' }, body: 'ok' })))
    const wire = closing(createHttp1())
    const path = '/v1/streams/../%2E%2e/a%2Fb//records?x=%zz&y=+'
    const headers = { 's2-basin': 'my-basin', 'x-empty': '' }
    const answer = await wire.open(
      request(stub.origin, { method: 'PATCH', path, headers, body: Buffer.from('{}') }),
      WHOLE,
      never,
    )
    expect(await read(answer)).toBe('ok')
    expect(answer.headers['x-a']).toBe('b')
    const [seen] = stub.requests
    expect(seen).toMatchObject({ method: 'PATCH', path, body: Buffer.from('{}') })
    const { host: _, connection: __, ...rest } = seen?.headers ?? {}
    expect(rest).toEqual({ ...headers, 'content-length': '2' })
  })

  test('nothing is sent twice: a connection that is cut is an error', async () => {
    const stub = closing(await startStub(() => 'cut'))
    expect(await codeOf(closing(createHttp1()).open(request(stub.origin), WHOLE, never))).toBe('cut')
    expect(stub.requests).toHaveLength(1)
  })

  test('a closed port refuses', async () => {
    const stub = await startStub(() => 'cut')
    await stub.close()
    expect(await codeOf(closing(createHttp1()).open(request(stub.origin), WHOLE, never))).toBe('refused')
  })

  test('a server that speaks something else is malformed', async () => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.resume().end('SSH-2.0-OpenSSH\r\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    const wire = closing(createHttp1())
    expect(await codeOf(wire.open(request(`http://127.0.0.1:${port}`), WHOLE, never))).toBe('malformed')
  })

  test('a deadline says what was awaited', async () => {
    const stub = closing(await startStub(() => 'silent'))
    const wire = closing(createHttp1())
    const waiting = withDeadline('the answer', 0.05, never, realClock, (signal) =>
      wire.open(request(stub.origin), WHOLE, signal),
    )
    await expect(waiting).rejects.toThrow('the answer did not come within 0.05 s')
  })

  test('answers arrive while the request is still open', async () => {
    const wire = closing(createHttp1())
    const stub = closing(await startEcho())
    const answer = await wire.open(request(stub.origin, { method: 'POST' }), DUPLEX, never)
    await expectEcho(answer)
  })
})

describe('HTTP/2', () => {
  test('sends path, headers and body exactly as they are', async () => {
    const seen: unknown[] = []
    const stub = closing(
      await startHttp2Stub((stream, headers) => {
        seen.push(headers[':path'], headers[':method'], headers['s2-basin'])
        stream.respond({ ':status': 201 })
        stream.pipe(stream)
      }),
    )
    const wire = closing(createHttp2())
    const path = '/v1/streams/../%2E/records'
    const answer = await wire.open(
      request(stub.origin, { method: 'POST', path, headers: { 's2-basin': 'b' }, body: Buffer.from('echo') }),
      WHOLE,
      never,
    )
    expect(answer.status).toBe(201)
    expect(await read(answer)).toBe('echo')
    expect(seen).toEqual([path, 'POST', 'b'])
  })

  test('a stream that is reset is the target’s doing, a lost connection need not be', async () => {
    const resetting = closing(await startHttp2Stub((stream) => stream.close(2)))
    const wire = closing(createHttp2())
    expect(await codeOf(wire.open(request(resetting.origin), WHOLE, never))).toBe('reset')
    const cutting = closing(await startHttp2Stub((stream) => stream.session?.destroy()))
    expect(await codeOf(wire.open(request(cutting.origin), WHOLE, never))).toBe('cut')
  })

  test.each([
    ['the connection is lost', 'cut', (stream: ServerHttp2Stream) => stream.session?.destroy()],
    ['the socket is lost', 'cut', (stream: ServerHttp2Stream) => stream.session?.socket.destroy()],
    ['the stream is reset', 'reset', (stream: ServerHttp2Stream) => stream.destroy(new Error('reset'))],
  ] as const)('a body is not at its end when %s', async (_, code, lose) => {
    const stub = closing(
      await startHttp2Stub((stream) => {
        stream.respond({ ':status': 200 })
        stream.write('half', () => setImmediate(() => lose(stream)))
      }),
    )
    for (const opening of [WHOLE, { upload: false, ownConnection: true }, DUPLEX]) {
      const answer = await closing(createHttp2()).open(
        request(stub.origin, { method: 'POST' }),
        opening,
        never,
      )
      expect(await codeOf(collectBody(answer))).toBe(code)
    }
  })

  test('a server without HTTP/2 refuses', async () => {
    const stub = closing(await startStub(() => ({})))
    expect(await codeOf(closing(createHttp2()).open(request(stub.origin), WHOLE, never))).toBe('refused')
  })

  test('answers arrive while the request is still open', async () => {
    const stub = closing(
      await startHttp2Stub((stream) => {
        stream.respond({ ':status': 200 })
        stream.pipe(stream)
      }),
    )
    const answer = await closing(createHttp2()).open(request(stub.origin, { method: 'POST' }), DUPLEX, never)
    await expectEcho(answer)
  })

  test('whole requests share a connection, sessions have their own', async () => {
    const sessions = new Set<unknown>()
    const stub = closing(
      await startHttp2Stub((stream) => {
        sessions.add(stream.session)
        stream.respond({ ':status': 200 }, { endStream: true })
      }),
    )
    const wire = closing(createHttp2())
    for (const opening of [WHOLE, WHOLE, DUPLEX, { upload: false, ownConnection: true }]) {
      const answer = await wire.open(request(stub.origin, { method: 'POST' }), opening, never)
      await read(answer)
    }
    expect(sessions.size).toBe(3)
  })

  test('cancelling cuts the session’s own connection', async () => {
    const { promise: gone, resolve } = Promise.withResolvers<void>()
    const stub = closing(
      await startHttp2Stub((stream) => {
        stream.session?.once('close', () => resolve())
        stream.respond({ ':status': 200 })
      }),
    )
    const answer = await closing(createHttp2()).open(request(stub.origin), DUPLEX, never)
    answer.cancel()
    await gone
  })
})

describe('bodies', () => {
  const answerWith = async (wire: Wire, coding: string, body: Buffer): Promise<WireAnswer> => {
    const stub = closing(await startStub(() => ({ headers: { 'content-encoding': coding }, body })))
    return await wire.open(request(stub.origin), WHOLE, never)
  }
  test.each([
    ['gzip', zlib.gzipSync],
    ['zstd', zlib.zstdCompressSync],
    ['br', zlib.brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ] as const)('%s is undone', async (coding, encode) => {
    expect(await read(await answerWith(closing(createHttp1()), coding, encode('hello')))).toBe('hello')
  })
  test('a coding that cannot be undone is malformed', async () => {
    const wire = closing(createHttp1())
    expect(await codeOf(collectBody(await answerWith(wire, 'gzip', Buffer.from('no'))))).toBe('malformed')
    expect(await codeOf(collectBody(await answerWith(wire, 'nope', Buffer.from('no'))))).toBe('malformed')
  })
})

async function startEcho(): Promise<{ origin: string; close(): Promise<void> }> {
  const { createServer } = await import('node:http')
  const server = createServer((incoming, outgoing) => {
    outgoing.flushHeaders()
    incoming.pipe(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function expectEcho(answer: WireAnswer): Promise<void> {
  const chunks = answer.chunks[Symbol.asyncIterator]()
  for (const word of ['one', 'two']) {
    await answer.upload.write(Buffer.from(word))
    const { value } = await chunks.next()
    expect(Buffer.from(value ?? []).toString()).toBe(word)
  }
  answer.upload.end()
  expect(await chunks.next()).toMatchObject({ done: true })
}

test('an answer can be cut before anybody has read of it', async () => {
  const stub = closing(await startStub(() => ({ body: 'x'.repeat(1_000_000) })))
  const answer = await closing(createHttp1()).open(request(stub.origin), WHOLE, never)
  answer.cancel()
  expect(await codeOf(collectBody(answer))).toBe('cut')
})

describe('a shared HTTP/2 connection', () => {
  test('that takes no more is replaced once, by one that all share', async () => {
    const sessions: Http2Session[] = []
    const stub = closing(
      await startHttp2Stub((stream) => {
        if (stream.session !== undefined && !sessions.includes(stream.session)) sessions.push(stream.session)
        stream.respond({ ':status': 200 }, { endStream: true })
      }),
    )
    const wire = closing(createHttp2())
    const ask = async (): Promise<string> => await read(await wire.open(request(stub.origin), WHOLE, never))
    const hold = await wire.open(request(stub.origin), WHOLE, never)
    await read(hold)
    const { promise: gone, resolve } = Promise.withResolvers<void>()
    sessions[0]?.once('close', () => resolve())
    sessions[0]?.goaway()
    const sessionsAfterOneMore = async (): Promise<number> => {
      await ask()
      return sessions.length
    }
    await expect.poll(sessionsAfterOneMore).toBe(2)
    sessions[0]?.destroy()
    await gone
    for (let more = 0; more < 100; more++) await ask()
    expect(sessions).toHaveLength(2)
  })

  test('of one’s own is not left open where nobody waits for it any more', async () => {
    const sockets: net.Socket[] = []
    // Says nothing, so that the connection never comes about.
    const server = net.createServer((socket) => void sockets.push(socket.on('error', () => {}).resume()))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    const stop = new AbortController()
    const waiting = createHttp2().open(request(`http://127.0.0.1:${port}`), DUPLEX, stop.signal)
    waiting.catch(() => {})
    await expect.poll(() => sockets.length).toBe(1)
    stop.abort(new Error('over'))
    await expect(waiting).rejects.toThrow('over')
    await expect.poll(() => sockets[0]?.destroyed).toBe(true)
  })
})
