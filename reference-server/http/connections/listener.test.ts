import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { Position } from '../../../proto/types.ts'
import { FakeClock, settle } from '../../testing/fake-clock.ts'
import { get2, HEALTH, http2, raw, serve } from '../testing/listener.ts'

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
    const { url } = await serve({}, undefined, { bounds: { connections: 2 } })
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
