import { expect, test } from 'vitest'
import { raw, serve } from '../testing/listener.ts'

const request = (coding: string): string =>
  `POST /v1/basins HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: ${coding}\r\n\r\n` +
  '2\r\n{}\r\n0\r\n\r\n'

const HEALTH = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n'

/** Everything that the server answers to these requests before it closes the connection. */
async function answersTo(bytes: string): Promise<string> {
  const { url } = await serve()
  const connection = await raw(url)
  connection.send(bytes)
  await connection.closed
  return connection.received
}

test.each([
  'gzip, chunked',
  'gzip,chunked',
  'deflate, gzip , chunked',
  'identity, chunked',
  'gzip\r\ntransfer-encoding: chunked',
])('transfer-encoding: %s is 501, and no further request is served (RFC 9112, 6.1)', async (coding) => {
  const received = await answersTo(request(coding) + HEALTH)
  expect(received).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n.*{"code":"not_implemented",[^}]*}$/s)
})

test.each([
  'gzip',
  'identity',
  'chunked, gzip',
  'chunked, chunked',
  'chunked\r\ntransfer-encoding: gzip',
  'xchunked',
])('transfer-encoding: %s is 400, and no further request is served', async (coding) => {
  const received = await answersTo(request(coding) + HEALTH)
  expect(received).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*{"code":"bad_header",[^}]*}$/s)
})

test.each(['gzip, chunked', 'chunked, gzip'])(
  'a request behind transfer-encoding: %s has no effect',
  async (coding) => {
    let deleted = 0
    const { url } = await serve({
      async deleteBasin() {
        deleted++
        return undefined
      },
    })
    const connection = await raw(url)
    const deletion = 'DELETE /v1/basins/behind-a-coding HTTP/1.1\r\nhost: localhost\r\n\r\n'
    connection.send(deletion + request(coding) + deletion)
    await connection.closed
    expect(deleted).toBe(1)
  },
)

test.each(['chunked', 'Chunked', '\tchunked '])('transfer-encoding: %j is read', async (coding) => {
  const { url } = await serve()
  const connection = await raw(url)
  connection.send(request(coding) + HEALTH)
  await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 400 .*"bad_json".*200 OK\r\n.*OK$/s)
})
