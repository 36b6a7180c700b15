import { once } from 'node:events'
import http2, { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type ConnectionOptions, createConnections } from './connection.ts'
import { createOwnSessions } from './h2/own-sessions.ts'
import type { Sessions } from './sessions.ts'
import { createSharedSessions } from './shared-sessions.ts'

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

interface Got {
  readonly statuses: number[]
  readonly ends: (string | undefined)[]
  content: Buffer
  giveUp: () => void
  readonly again: () => Promise<Got>
}

type Create = (options: ConnectionOptions) => Sessions

const own: Create = (options) => createOwnSessions(options, 1)

const shared: Create = (options) => {
  const connections = createConnections(options, 1)
  return { ...createSharedSessions(connections), close: () => connections.close() }
}

/** What comes of a session of a server that serves it like this; `again` is a second one over the same connection. */
async function get(
  create: Create,
  serve: (stream: ServerHttp2Stream) => void,
  settings: http2.Settings = {},
): Promise<Got> {
  const server = http2.createServer({ settings })
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => sessions.push(session.on('error', () => {})))
  server.on('stream', (stream) => serve(stream.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened = create({
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streamWindow: 65_535,
    connectionWindow: 100_000,
  })
  ended.push(
    () => opened.close(),
    () => server.close(),
    () => {
      for (const session of sessions) session.destroy()
    },
  )
  const again = async (): Promise<Got> => {
    const got: Got = { statuses: [], ends: [], content: Buffer.alloc(0), giveUp: () => {}, again }
    got.giveUp = await opened.get(
      '/',
      {},
      {
        onStatus: (status) => got.statuses.push(status),
        onContent: (content) => {
          got.content = Buffer.concat([got.content, content])
        },
      },
      (error) => got.ends.push(error?.message),
    )
    return got
  }
  return await again()
}

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, (_none, at) => (at * 31) % 251))

describe.each([
  ['of our own', own],
  ['shared with appends', shared],
])('over connections %s', (_name, create) => {
  test('an answer that is longer than every window comes whole and in order, then its end', async () => {
    const body = noise(2_000_000)
    const got = await get(create, (stream) => {
      stream.respond({ ':status': 200 })
      stream.end(body)
    })
    await expect.poll(() => got.ends, { timeout: 10_000 }).toEqual([undefined])
    expect(got.statuses).toEqual([200])
    expect(got.content.equals(body)).toBe(true)
  })

  test('the status comes before there is anything, and what was given up is told to the server and to nobody here', async () => {
    let code: number | undefined
    const got = await get(create, (stream) => {
      stream.respond({ ':status': 200 })
      stream.on('close', () => {
        code = stream.rstCode
      })
    })
    await expect.poll(() => got.statuses).toEqual([200])
    got.giveUp()
    await expect.poll(() => code).toBe(http2.constants.NGHTTP2_CANCEL)
    expect(got.ends).toEqual([])
  })

  test('one that breaks off is told', async () => {
    const got = await get(create, (stream) => {
      stream.respond({ ':status': 200 })
      stream.write('some', () => stream.session?.destroy())
    })
    await expect.poll(() => got.ends.length).toBe(1)
    expect(got.ends).not.toEqual([undefined])
  })

  test('one that would have to wait for others to end is told so, and takes the place of one that did', async () => {
    let closed = 0
    const serve = (stream: ServerHttp2Stream): void => {
      stream.respond({ ':status': 200 })
      stream.on('close', () => {
        closed += 1
      })
    }
    const first = await get(create, serve, { maxConcurrentStreams: 1 })
    const second = await first.again()
    await expect
      .poll(() => second.ends)
      .toEqual(['a connection has 1 stream at a time: give more --connections'])
    first.giveUp()
    await expect.poll(() => closed).toBe(1)
    const third = await first.again()
    await expect.poll(() => third.statuses).toEqual([200])
  })
})
