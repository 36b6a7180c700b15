import net from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { startHttp2Stub } from '../testing/stub-server.ts'
import { collectBody } from './collect.ts'
import { createHttp1 } from './http1.ts'
import { createHttp2 } from './http2.ts'
import { type Spelling, speltBody, speltHeaders } from './spelling.ts'
import type { Wire, WireRequest } from './wire.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
const closing = (wire: Wire): Wire => {
  closers.push(() => wire.close())
  return wire
}

interface Ear {
  readonly origin: string
  readonly pieces: readonly string[]
  /** Resolves when more has been read than before the last call, so that two parts are never read as one. */
  pause(): Promise<void>
}

/** Writes down what comes in which pieces, and answers when the last of a request has come. */
async function startEar(last: string): Promise<Ear> {
  let heard = 0
  const pieces: string[] = []
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      pieces.push(bytes.toString('latin1'))
      if (pieces.join('').endsWith(last)) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${Object(address).port}`,
    pieces,
    async pause() {
      while (pieces.length === heard) await setImmediate()
      heard = pieces.length
    },
  }
}

const never = new AbortController().signal
const WHOLE = { upload: false, ownConnection: false }
/** For what is the same however it is read. */
const pause = async (): Promise<void> => void (await setImmediate())

const post = (origin: string, spelling: Spelling, http: '1.1' | '2' = '1.1'): WireRequest => ({
  method: 'POST',
  origin,
  path: '/v1/x',
  headers: { 's2-basin': 'b', 'content-type': 'text/plain' },
  body: Buffer.from('abcdef'),
  http,
  spelling,
})

test('over HTTP/1.1 names are sent as they are spelt, and the connection is cut where it says', async () => {
  const ear = await startEar('abcdef')
  const names = (): readonly string[] => ['Content-LENGTH', 'S2-Basin', 'host', 'CONTENT-type', 'Connection']
  const spelling = { names, cuts: [3, 3, 21, 4000], pause: ear.pause }
  const answer = await closing(createHttp1()).open(post(ear.origin, spelling), WHOLE, never)
  expect(Buffer.from(await collectBody(answer)).toString()).toBe('ok')
  expect(ear.pieces.slice(0, 2)).toEqual(['POS', 'T /v1/x HTTP/1.1\r\n'])
  expect(ear.pieces.join('').split('\r\n')).toEqual([
    'POST /v1/x HTTP/1.1',
    'Content-LENGTH: 6',
    'S2-Basin: b',
    `host: ${new URL(ear.origin).host}`,
    'CONTENT-type: text/plain',
    'Connection: close',
    '',
    'abcdef',
  ])
})

test('a body in pieces is sent in chunks', async () => {
  const ear = await startEar('0\r\n\r\n')
  const request = post(ear.origin, { pieces: [1, 0, 2], pause })
  await collectBody(await closing(createHttp1()).open(request, WHOLE, never))
  const [head, ...body] = ear.pieces.join('').split('\r\n\r\n')
  expect(head).toMatch(/\r\ntransfer-encoding: chunked(\r\n|$)/i)
  expect(head).not.toMatch(/content-length/i)
  expect(body.join('|')).toBe('1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0|')
})

test('over HTTP/2 the connection is cut from its first byte on, and the request is the same', async () => {
  const ear = await startEar('never')
  const end = new AbortController()
  const opened = closing(createHttp2()).open(
    post(ear.origin, { cuts: [10, 24], pause: ear.pause }, '2'),
    WHOLE,
    end.signal,
  )
  await expect.poll(() => ear.pieces.length).toBeGreaterThan(2)
  end.abort(new Error('heard'))
  await expect(opened).rejects.toThrow()
  expect(ear.pieces.slice(0, 2)).toEqual(['PRI * HTTP', '/2.0\r\n\r\nSM\r\n\r\n'])

  const seen: string[] = []
  const stub = await startHttp2Stub((stream, headers) => {
    seen.push(...Object.keys(headers).filter((name) => !name.startsWith(':')))
    stream.respond({ ':status': 200 })
    stream.pipe(stream)
  })
  closers.push(() => stub.close())
  const names = (all: readonly string[]): readonly string[] => all.toReversed()
  const spelling = { names, pieces: [2], cuts: [5, 30, 40, 100], pause }
  const answer = await closing(createHttp2()).open(post(stub.origin, spelling, '2'), WHOLE, never)
  expect(Buffer.from(await collectBody(answer)).toString()).toBe('abcdef')
  expect(seen).toEqual(['content-type', 's2-basin'])
})

test('a name that the request does not have is a mistake of ours', () => {
  expect(() => speltHeaders({ a: '1' }, { names: () => ['b'], pause })).toThrow('no header b')
})

test('an empty body has no pieces', () => {
  expect(speltBody(new Uint8Array(0), { pieces: [1, 2], pause })).toEqual([])
})
