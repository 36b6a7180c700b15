import { constants, type ServerHttp2Stream, type Settings } from 'node:http2'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ConnectionOptions, createConnections } from './connection.ts'
import { createOwnSessions } from './h2/own-sessions.ts'
import type { Sessions } from './sessions.ts'
import { createSharedSessions } from './shared-sessions.ts'
import { sendEnhanceYourCalm, serveHttp2 } from './testing/serve-http2.ts'

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
  settings: Settings = {},
): Promise<Got> {
  const opened = create({ ...(await serveHttp2(serve, settings)), connectionWindow: 100_000 })
  onTestFinished(() => opened.close())
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
    await expect.poll(() => got.ends).toEqual([undefined])
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
    await expect.poll(() => code).toBe(constants.NGHTTP2_CANCEL)
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

  test('one whose connection the target ends is told why', async () => {
    const got = await get(create, (stream) => {
      stream.respond({ ':status': 200 })
      stream.write('some', () => sendEnhanceYourCalm(stream.session))
    })
    await expect
      .poll(() => got.ends)
      .toEqual(['the target ended the connection: ENHANCE_YOUR_CALM, "too_many_pings"'])
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
