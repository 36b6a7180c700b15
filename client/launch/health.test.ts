import { once } from 'node:events'
import http, { type ServerResponse } from 'node:http'
import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Endpoints, singleEndpoint } from '../endpoints.ts'
import { answersHealth, awaitHealth } from './health.ts'

const never = new AbortController().signal

async function listen(server: Server): Promise<Endpoints> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return singleEndpoint(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

/** Repeats these bytes for as long as the connection is open, so that it is never idle for long. */
function drip(to: Socket | ServerResponse, bytes: string): void {
  const timer = setInterval(() => void to.write(bytes), 20)
  to.once('close', () => clearInterval(timer)).on('error', () => {})
}

const dripping = (first: string, repeated: string): Server =>
  net.createServer((socket) => {
    socket.resume().write(first)
    drip(socket, repeated)
  })

describe('a target that drips its answer to GET /health', () => {
  test.each([
    ['a header', 'HTTP/1.1 200 OK\r\nx: ', 'y'],
    ['informational answers', '', 'HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n'],
    ['a status line', 'HTTP/1.1 200 ', 'O'],
  ])('is not ready: %s', async (_what, first, repeated) => {
    expect(await answersHealth(await listen(dripping(first, repeated)), never)).toBe(false)
  })

  test('is not waited for beyond the end of the run', async () => {
    const stop = new AbortController()
    const server = dripping('HTTP/1.1 200 OK\r\nx: ', 'y')
    server.once('connection', () => stop.abort(new Error('over')))
    const ready = awaitHealth(await listen(server), 1000, stop.signal, () => false)
    await expect(ready).rejects.toThrow('aborted')
  })

  test('is ready by its status, and its body is not read', async () => {
    const bodies: Promise<unknown>[] = []
    const server = http.createServer((_request, response) => {
      bodies.push(once(response, 'close'))
      response.writeHead(200, { 'content-length': 1e9 })
      drip(response, ' ')
    })
    expect(await answersHealth(await listen(server), never)).toBe(true)
    expect(bodies).toHaveLength(1)
    await Promise.all(bodies)
  })
})
