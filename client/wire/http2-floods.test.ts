import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { http2Frame, SETTINGS } from '../testing/hostile-server.ts'
import { collectBody } from './collect.ts'
import { createHttp2 } from './http2.ts'
import type { WireRequest } from './wire.ts'

const never = new AbortController().signal

/** Far more than a client reads before it looks at what it has read, however fast the machine is. */
const MOST_BYTES = 4 * 2 ** 30

const HEADERS = 1
const OK = frame(HEADERS, 4, 1, '88')

/** A frame whose payload is given in hexadecimal digits. */
function frame(type: number, flags: number, stream: number, payload: string): Buffer {
  const bytes = http2Frame(type, Buffer.from(payload, 'hex'))
  bytes[4] = flags
  bytes.writeUInt32BE(stream, 5)
  return bytes
}

/** A server that answers the first request with these frames without end, as fast as the client reads. */
async function flood(repeated: Buffer, first: Buffer): Promise<string> {
  const piece = Buffer.concat(Array.from({ length: Math.ceil(65_536 / repeated.length) }, () => repeated))
  const attack = (socket: Socket): void => {
    let sent = 0
    const more = (): void => {
      while (!socket.destroyed && sent < MOST_BYTES) {
        sent += piece.length
        if (!socket.write(piece)) return
      }
      socket.end()
    }
    socket.on('drain', more).write(first)
    more()
  }
  const server = net.createServer((socket) => {
    socket.on('error', () => {}).write(http2Frame(SETTINGS))
    let received = Buffer.alloc(0)
    const look = (bytes: Buffer): void => {
      received = Buffer.concat([received, bytes])
      if (!received.includes(OPENING)) return
      socket.off('data', look).resume()
      attack(socket)
    }
    socket.on('data', look)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The head of the HEADERS frame of a request without a body on stream 1, without its length. */
const OPENING = Buffer.from([HEADERS, 5, 0, 0, 0, 1])

async function request(origin: string): Promise<unknown> {
  const wire = createHttp2()
  onTestFinished(() => wire.close())
  const get: WireRequest = { method: 'GET', origin, path: '/', headers: {}, body: undefined, http: '2' }
  return await collectBody(await wire.open(get, { upload: false, ownConnection: false }, never))
}

const IDLE = 'the target sent more than 1048576 bytes that brought no part of an answer'
const BROKEN = 'the target breaks the rules of HTTP/2: '

describe('an endless repetition of frames ends the request in one sentence', () => {
  test.each([
    ['WINDOW_UPDATE of the connection', frame(8, 0, 0, '00000001'), IDLE],
    ['WINDOW_UPDATE of the stream', frame(8, 0, 1, '00000001'), IDLE],
    ['ALTSVC', frame(10, 0, 0, '00016161'), IDLE],
    ['ORIGIN', frame(12, 0, 0, '0001'), IDLE],
    ['GOAWAY', frame(7, 0, 0, '7fffffff00000000'), IDLE],
    ['PING', frame(6, 0, 0, '0000000000000000'), `${BROKEN}Flooding`],
    ['SETTINGS', frame(SETTINGS, 0, 0, ''), `${BROKEN}Flooding`],
    ['an unknown type', frame(0x20, 0, 0, '00000000'), BROKEN],
    [
      'informational answers',
      frame(HEADERS, 4, 1, '0803313033'),
      'the target sent more than 100 informational answers to one request',
    ],
  ])('%s', async (_what, repeated, sentence) => {
    await expect(request(await flood(repeated, Buffer.alloc(0)))).rejects.toThrow(sentence)
  })

  test.each([
    ['WINDOW_UPDATE', frame(8, 0, 0, '00000001'), IDLE],
    ['DATA without content', frame(0, 0, 1, ''), BROKEN],
  ])('%s behind the head of the answer', async (_what, repeated, sentence) => {
    await expect(request(await flood(repeated, OK))).rejects.toThrow(sentence)
  })
})

test('a connection whose target floods it between requests is replaced', async () => {
  const origin = await flood(frame(8, 0, 0, '00000001'), frame(HEADERS, 5, 1, '88'))
  const wire = createHttp2()
  onTestFinished(() => wire.close())
  const get: WireRequest = { method: 'GET', origin, path: '/', headers: {}, body: undefined, http: '2' }
  const ask = async (): Promise<number> =>
    (await wire.open(get, { upload: false, ownConnection: false }, never)).status
  expect(await ask()).toBe(200)
  await expect.poll(() => ask().catch(() => 0)).toBe(200)
})
