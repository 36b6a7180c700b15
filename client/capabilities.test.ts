import { afterEach, describe, expect, test } from 'vitest'
import { testTarget } from '../conformance/testing/check-parts.ts'
import { type Discovered, discoverCapabilities } from './capabilities.ts'
import {
  GOAWAY,
  http2Frame,
  http2Settings,
  SETTING_MAX_FRAME_SIZE,
  SETTINGS,
  startBytes,
} from './testing/hostile-server.ts'
import { type Handler, startHttp2Stub, startStub } from './testing/stub-server.ts'
import { createRecorder } from './transcript.ts'
import type { Wire } from './wire/wire.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function discover(origin: string, http2?: Wire): Promise<Discovered> {
  const target = testTarget(origin, { requestSeconds: 0.3 })
  closers.push(() => target.close())
  return await discoverCapabilities(
    http2 === undefined ? target.connections : { ...target.connections, http2 },
    target.launcher,
    { existing: 'basin-that-is', spare: 'basin-to-be', eternal: 'basin-for-ever' },
    createRecorder(target.redactor),
    new AbortController().signal,
  )
}

async function discoverFrom(handler: Handler): Promise<Discovered> {
  const stub = await startStub(handler)
  closers.push(() => stub.close())
  return await discover(stub.origin)
}

const ASKED = ['access-tokens', 'metrics', 'locations', 'encryption'] as const

describe('a capability', () => {
  test('is there when its request succeeds', async () => {
    const { capabilities } = await discoverFrom(({ method }) => ({ status: method === 'POST' ? 201 : 200 }))
    expect([...capabilities]).toEqual([...ASKED, 'basins'])
  })

  test.each([501, 404, 405, 403])('is absent for the answer %i', async (status) => {
    const { absent, undecided } = await discoverFrom(() => ({ status }))
    for (const name of ASKED) expect(absent.get(name)).toContain(`answered ${status}`)
    expect(undecided.size).toBe(0)
  })

  test.each([500, 503, 429])('is neither for the answer %i', async (status) => {
    const { capabilities, absent, undecided } = await discoverFrom(() => ({ status }))
    for (const name of ASKED) {
      expect(undecided.get(name)).toContain(`answered ${status}`)
      expect([capabilities.has(name), absent.has(name)]).toEqual([false, false])
    }
  })

  test.each(['cut', 'silent'] as const)('is neither when the exchange is %s', async (how) => {
    const { undecided } = await discoverFrom(() => how)
    for (const name of ASKED) expect(undecided.has(name)).toBe(true)
  })
})

describe('authentication', () => {
  test.each([401, 403])('is there where a request without a token is answered %i', async (status) => {
    const { capabilities } = await discoverFrom(({ headers }) =>
      headers.authorization === undefined ? { status } : {},
    )
    expect(capabilities.has('authentication')).toBe(true)
  })
  test('is absent where it is served, and neither where the server is in trouble', async () => {
    expect((await discoverFrom(() => ({}))).absent.get('authentication')).toContain('answered 200')
    expect((await discoverFrom(() => ({ status: 500 }))).undecided.has('authentication')).toBe(true)
  })
})

describe('the free tier', () => {
  test('is told by the refusal to keep records for ever, and by its message', async () => {
    const refusing = (message: string): Handler => {
      const body = JSON.stringify({ code: 'invalid', message })
      return ({ method }) => (method === 'POST' ? { status: 422, body } : {})
    }
    const free = await discoverFrom(refusing('not on the free tier'))
    expect(free.capabilities.has('free-tier')).toBe(true)
    expect((await discoverFrom(refusing('no'))).absent.has('free-tier')).toBe(true)
    expect((await discoverFrom(() => ({ status: 201 }))).absent.has('free-tier')).toBe(true)
    expect((await discoverFrom(() => ({ status: 503 }))).undecided.has('free-tier')).toBe(true)
  })
})

describe('HTTP/2', () => {
  test('is there where it is spoken, whatever the answer', async () => {
    const stub = await startHttp2Stub((stream) => stream.respond({ ':status': 500 }, { endStream: true }))
    closers.push(() => stub.close())
    expect((await discover(stub.origin)).capabilities.has('http2')).toBe(true)
  })
  test('is absent where the preface is refused', async () => {
    const { absent } = await discoverFrom(() => ({}))
    expect(absent.has('http2')).toBe(true)
  })
  test('is neither where the connection is lost, or there is none', async () => {
    const cutting = await startHttp2Stub((stream) => stream.session?.destroy())
    closers.push(() => cutting.close())
    expect((await discover(cutting.origin)).undecided.has('http2')).toBe(true)
    const closed = await startStub(() => ({}))
    await closed.close()
    expect((await discover(closed.origin)).undecided.has('http2')).toBe(true)
  })
})

describe('HTTP/2 that breaks the protocol', () => {
  const broken = async (bytes: Uint8Array, ends = false): Promise<Discovered> => {
    const server = await startBytes(bytes, ends)
    closers.push(server.close)
    return await discover(server.origin)
  }
  const plain = http2Frame(SETTINGS)
  const goaway = http2Frame(GOAWAY, new Uint8Array(8))

  test.each([
    ['SETTINGS_MAX_FRAME_SIZE 1', http2Settings(SETTING_MAX_FRAME_SIZE, 1)],
    ['SETTINGS of a wrong length', http2Frame(SETTINGS, new Uint8Array(5))],
    ['SETTINGS, then GOAWAY', Buffer.concat([plain, goaway])],
    ['GOAWAY and no SETTINGS', goaway],
    ['SETTINGS, then text', Buffer.concat([plain, Buffer.from('no frame at all, but text')])],
  ])('is an attempt, and no absence: %s', async (_, bytes) => {
    for (const ends of [false, true]) {
      const { capabilities, absent, undecided } = await broken(bytes, ends)
      expect([capabilities.has('http2'), absent.has('http2')]).toEqual([false, false])
      expect(undecided.get('http2')).toMatch(/HTTP\/2|reset/)
    }
  })

  test.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH\r\n', ''])(
    'is not what an answer %j is: there is none',
    async (text) => {
      expect((await broken(Buffer.from(text), true)).absent.has('http2')).toBe(true)
    },
  )

  test('is not a body that cannot be decoded', async () => {
    const stub = await startHttp2Stub((stream) => {
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' })
      stream.end('no gzip')
    })
    closers.push(() => stub.close())
    expect((await discover(stub.origin)).absent.has('http2')).toBe(false)
  })
})
