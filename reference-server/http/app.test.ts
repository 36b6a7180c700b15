import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { StoreError } from '../store/store-error.ts'
import { basinName } from '../testing/test-backend.ts'
import { type Asked, testApp } from './testing/test-app.ts'

const basin = (name: string) => ({
  name: basinName(name),
  createdAt: 0n,
  deletedAt: undefined,
  location: undefined,
})
const page = async () => ({ items: [], hasMore: false })
const longPage = async () => ({
  items: Array.from({ length: 100 }, (_, i) => basin(`basin-number-${i}`)),
  hasMore: false,
})

describe('paths and methods', () => {
  test.each([
    '/',
    '/v1',
    '/basins',
    '/v1/basins/',
    '/v1/streams/',
    '/v1/streams//records',
    '/v1/streams/users/eu',
    '/v1/stre%61ms',
    '/v1/streams/x/records/',
    '//v1/basins',
    '/V1/basins',
    '/%',
  ])('%s is not there: 404 without a body', async (url) => {
    const answer = await testApp().ask({ url })
    expect(answer).toMatchObject({ status: 404, headers: { 'content-length': '0' } })
    expect(answer.body.length).toBe(0)
  })

  test.each<[NonNullable<Asked['method']>, string, string]>([
    ['POST', '/v1/basins/a-basin-1', 'DELETE, GET, HEAD, PATCH, PUT'],
    ['DELETE', '/v1/basins?limit=x', 'GET, HEAD, POST'],
    ['PUT', '/v1/streams/a%2Fb/records', 'GET, HEAD, POST'],
    ['POST', '/v1/streams/x/records/tail', 'GET, HEAD'],
    ['OPTIONS', '/v1/streams', 'GET, HEAD, POST'],
    ['POST', '/health', 'GET, HEAD'],
  ])('%s %s is not allowed: 405, and what is', async (method, url, allow) => {
    const answer = await testApp().ask({ method, url })
    expect(answer).toMatchObject({ status: 405, headers: { allow, 'content-length': '0' } })
    expect(answer.body.length).toBe(0)
  })
})

describe('health', () => {
  test.each(['/health', '/ping'])('%s needs nothing and says OK (CP-LITE-020, CP-LITE-021)', async (url) => {
    const answer = await testApp().ask({ url, headers: { 's2-basin': '' } })
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe('OK')
  })

  test('says so when the store has failed (CP-LITE-020)', async () => {
    expect(await testApp({ healthy: () => false }).ask({ url: '/health' })).toMatchObject({ status: 503 })
  })
})

describe('codings', () => {
  test.each(['br', 'deflate', 'gzip, zstd', ''])(
    'a body in %j is refused: 415 without a body',
    async (coding) => {
      const answer = await testApp().ask({
        method: 'POST',
        url: '/v1/basins',
        headers: { 'content-encoding': coding },
        body: {},
      })
      expect(answer).toMatchObject({ status: 415, headers: { 'accept-encoding': 'gzip, zstd' } })
      expect(answer.body.length).toBe(0)
    },
  )

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
    ['identity', (body: string) => Buffer.from(body)],
  ] as const)('a body in %s is understood', async (coding, encode) => {
    const app = testApp({ ensureBasin: async () => ({ result: 'noop', info: basin('a-basin-1') }) })
    const answer = await app.ask({
      method: 'PUT',
      url: '/v1/basins/a-basin-1',
      headers: { 'content-encoding': coding, 'content-type': 'application/json' },
      body: encode('{"config":{"create_stream_on_read":true}}'),
    })
    expect(answer.status).toBe(200)
    expect(app.calls[0]?.args[1]).toMatchObject({ createStreamOnRead: true })
  })

  test.each([
    ['cut short', gzipSync('{"basin":"a-basin-1"}').subarray(0, 20)],
    ['none', Buffer.from('{"basin":"a-basin-1"}')],
    ['a bomb', gzipSync(Buffer.alloc(3_000_000, 0x20))],
  ])('a gzip body that is %s is bad_json', async (_what, body) => {
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' }
    const answer = await testApp().ask({ method: 'POST', url: '/v1/basins', headers, body })
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_json' } })
  })

  test.each([
    ['gzip', 'gzip', gunzipSync],
    ['zstd', 'zstd', zstdDecompressSync],
    ['gzip, zstd', 'zstd', zstdDecompressSync],
    ['zstd;q=0.5, GZIP;q=0.8', 'gzip', gunzipSync],
    ['zstd;q=0, gzip', 'gzip', gunzipSync],
  ] as const)('a long answer to %s is in %s', async (accept, coding, decode) => {
    const app = testApp({ listBasins: longPage })
    const plain = await app.ask({ url: '/v1/basins' })
    const answer = await app.ask({ url: '/v1/basins', headers: { 'accept-encoding': accept } })
    expect(answer.headers).toMatchObject({ 'content-encoding': coding, vary: 'accept-encoding' })
    expect(decode(answer.body)).toEqual(plain.body)
  })

  test.each(['', '*', 'br', 'zstd;q=0'])('a long answer to %j stays as it is', async (accept) => {
    const app = testApp({ listBasins: longPage })
    const answer = await app.ask({ url: '/v1/basins', headers: { 'accept-encoding': accept } })
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.json).toMatchObject({ has_more: false })
  })

  test('a short answer stays as it is', async () => {
    const app = testApp({ listBasins: page })
    const answer = await app.ask({ url: '/v1/basins', headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers).not.toHaveProperty('content-encoding')
  })
})

describe('faults', () => {
  test('a mistake of ours is reported, and the client learns only that there was one', async () => {
    const app = testApp({
      listBasins: async () => {
        throw new Error('secret')
      },
    })
    const answer = await app.ask({ url: '/v1/basins' })
    expect(answer).toMatchObject({ status: 500, json: { code: 'other' } })
    expect(answer.body.toString()).not.toContain('secret')
    expect(app.reported).toHaveLength(1)
  })

  test('a failed store is no mistake of ours', async () => {
    const app = testApp({
      listBasins: async () => {
        throw new StoreError('failed', 'the disk is full')
      },
    })
    expect(await app.ask({ url: '/v1/basins' })).toMatchObject({ status: 500, json: { code: 'storage' } })
    expect(app.reported).toEqual([])
  })
})

describe('hosts', () => {
  test.each([
    'localhost',
    'localhost:8080',
    'LOCALHOST',
    'a.b.localhost:1',
    '127.0.0.1',
    '127.1.2.3:80',
    '[::1]:80',
  ])('%s is loopback', async (host) => {
    const app = testApp({ listBasins: page })
    expect(await app.ask({ url: '/v1/basins', headers: { host } })).toMatchObject({ status: 200 })
  })

  test.each(['s2.dev', 'localhost.evil.com', 'evil.com:80', '127.0.0.1.evil.com', '10.0.0.1', '[::2]'])(
    '%s is not, and refused',
    async (host) => {
      const app = testApp()
      const answer = await app.ask({ url: '/v1/basins', headers: { host } })
      expect(answer).toMatchObject({ status: 400, json: { code: 'bad_header' } })
    },
  )
})
