import { afterEach, describe, expect, test } from 'vitest'
import { testTarget } from '../testing/check-parts.ts'
import { type Handler, startHttp2Stub, startStub } from '../testing/stub-server.ts'
import { type Discovered, discoverCapabilities } from './capabilities.ts'
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
