import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import http2, { type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ownHttp2Wire } from './h2/wire.ts'
import { http1Wire, type UnaryWire } from './unary-wire.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** Answers when it is told to, the first that came first. */
interface Held {
  readonly wire: UnaryWire
  readonly came: number
  answer(): void
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function held(wire: UnaryWire, answers: (() => void)[]): Held {
  ends.push(() => wire.close())
  let answered = 0
  return {
    wire,
    get came() {
      return answers.length
    },
    answer: () => answers[answered++]?.(),
  }
}

async function overHttp1(): Promise<Held> {
  const answers: (() => void)[] = []
  const origin = await listen(
    createServer((_request, response: ServerResponse) => answers.push(() => response.end('ok'))),
  )
  return held(http1Wire(origin, 2), answers)
}

async function overHttp2(): Promise<Held> {
  const answers: (() => void)[] = []
  const server = http2.createServer({ settings: { maxConcurrentStreams: 2 } })
  server.on('stream', (stream: ServerHttp2Stream) =>
    answers.push(() => {
      stream.respond({ ':status': 200 })
      stream.end('ok')
    }),
  )
  const origin = await listen(server)
  const windows = { streamWindow: 65_535, connectionWindow: 1 << 20 }
  return held(ownHttp2Wire({ origin, ...windows }, 1), answers)
}

test.each([
  ['a connection of HTTP/1.1', overHttp1],
  ['a stream of HTTP/2', overHttp2],
])('a request that waits for %s is told so, and when it has one', async (_what, start) => {
  const target = await start()
  const told: string[] = []
  const send = (name: string): Promise<unknown> =>
    target.wire.send({
      method: 'GET',
      path: '/',
      headers: {},
      onWait: (isWaiting) => told.push(`${name} ${isWaiting ? 'waits' : 'goes'}`),
    })
  const sent = ['first', 'second', 'third'].map(send)
  await expect.poll(() => target.came).toBe(2)
  expect(told).toEqual(['third waits'])
  target.answer()
  await expect.poll(() => target.came).toBe(3)
  expect(told).toEqual(['third waits', 'third goes'])
  target.answer()
  target.answer()
  await Promise.all(sent)
  const after = send('fourth')
  await expect.poll(() => target.came).toBe(4)
  target.answer()
  await after
  expect(told).toEqual(['third waits', 'third goes'])
})
