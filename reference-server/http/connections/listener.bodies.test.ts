import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../testing/fake-clock.ts'
import { get2, http2, raw, serve } from '../testing/listener.ts'

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
