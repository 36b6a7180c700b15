import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StartedServer, startReferenceServer } from '../../index.ts'
import { FLAG, frame, framesIn, literals, opening, statusOf, TYPE } from '../testing/http2-wire.ts'
import { connectRaw } from '../testing/raw-connection.ts'

let server: StartedServer

beforeAll(async () => {
  server = await startReferenceServer()
})
afterAll(() => server.close())

/** Sends one request over HTTP/2 with this extra field and returns the status of its answer. */
async function statusOverHttp2(name: string, value: string): Promise<number | undefined> {
  const connection = await connectRaw(server.url)
  const fields = literals([
    [':method', 'GET'],
    [':scheme', 'http'],
    [':path', '/health'],
    [':authority', 'localhost'],
    [name, value],
  ])
  connection.send(opening())
  connection.send(frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 1, fields))
  const answer = await expect
    .poll(() =>
      framesIn(Buffer.from(connection.received, 'latin1')).frames.find(({ type }) => type === TYPE.headers),
    )
    .toBeDefined()
    .then(() =>
      framesIn(Buffer.from(connection.received, 'latin1')).frames.find(({ type }) => type === TYPE.headers),
    )
  connection.socket.destroy()
  return answer && statusOf(answer)
}

describe('a value over HTTP/2 (RFC 9113, 8.2.1)', () => {
  test.each([' a', 'a ', '\ta', 'a\t', ' ', '\t'])('%j is malformed', async (value) => {
    expect(await statusOverHttp2('x-field', value)).toBe(400)
    expect(await statusOverHttp2('authorization', value)).toBe(400)
  })

  test.each(['', 'a', 'a b', 'a\tb', '\u00e9'])('%j is served', async (value) => {
    expect(await statusOverHttp2('x-field', value)).toBe(200)
  })
})

describe('a request over HTTP/1.1', () => {
  test.each(['0.9', '2.0'])('with the version HTTP/%s is refused', async (version) => {
    const connection = await connectRaw(server.url)
    const request = `GET /health HTTP/${version}\r\nhost: localhost\r\n\r\n`
    connection.send(request + request)
    await connection.closed
    expect(connection.received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*{"code":"bad_header",[^}]*}$/s)
  })

  test.each(['1.0', '1.1'])('with the version HTTP/%s is served', async (version) => {
    const connection = await connectRaw(server.url)
    connection.send(`GET /health HTTP/${version}\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
    await connection.closed
    expect(connection.received).toMatch(/^HTTP\/1\.1 200 /)
  })
})
