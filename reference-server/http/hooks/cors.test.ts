import { describe, expect, test } from 'vitest'
import { ack } from '../testing/samples.ts'
import { testApp } from '../testing/test-app.ts'
import type { Cors } from './cors.ts'

const preflight = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 's2-basin, content-type',
}

const OURS = ['http://localhost:5173', 'https://127.0.0.1', 'http://[::1]:1']
const THEIRS = ['https://app.example', 'http://localhost.evil.example', 'null', 'http://localhost/x']

describe.each<[Cors, readonly string[], readonly string[]]>([
  ['none', [], [...OURS, ...THEIRS]],
  ['loopback', OURS, THEIRS],
  ['any', [...OURS, ...THEIRS], []],
])('%s', (cors, allowed, refused) => {
  const app = () => testApp({ checkTail: async () => ({ tail: ack.tail }) }, cors)
  const url = '/v1/streams/x/records/tail'

  test.skipIf(allowed.length === 0).each(allowed)('lets %s in (CP-RT-050)', async (origin) => {
    for (const path of [url, '/v1/basins', '/nonsense']) {
      const answer = await app().ask({ method: 'OPTIONS', url: path, headers: { origin, ...preflight } })
      expect(answer).toMatchObject({
        status: 200,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 's2-basin, content-type',
          'access-control-allow-credentials': 'true',
          'content-length': '0',
        },
      })
    }
    const answer = await app().ask({ url, headers: { origin } })
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } })
    const error = await app().ask({ url, headers: { origin, 's2-basin': '' } })
    expect(error).toMatchObject({ status: 400, headers: { 'access-control-allow-origin': origin } })
  })

  test.skipIf(refused.length === 0).each(refused)('does not know %s (CP-RT-051)', async (origin) => {
    const asked = await app().ask({ method: 'OPTIONS', url, headers: { origin, ...preflight } })
    expect(asked.status).toBe(405)
    const nowhere = await app().ask({
      method: 'OPTIONS',
      url: '/nonsense',
      headers: { origin, ...preflight },
    })
    expect(nowhere.status).toBe(404)
    const answer = await app().ask({ url, headers: { origin } })
    for (const { headers } of [asked, nowhere, answer]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

test('a session lets the page in too', async () => {
  const app = testApp({ openRead: async () => (async function* () {})() }, 'any')
  const headers = { origin: 'https://app.example', accept: 'text/event-stream' }
  const answer = await app.ask({ url: '/v1/streams/x/records', headers })
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'access-control-allow-origin': 'https://app.example',
  })
})

test('a compressed answer still varies by origin', async () => {
  const items = Array.from({ length: 100 }, () => ({ name: 'x', createdAt: 0n, deletedAt: undefined }))
  const app = testApp({ listBasins: async () => ({ items: items as never, hasMore: false }) }, 'any')
  const headers = { origin: 'https://app.example', 'accept-encoding': 'gzip' }
  const answer = await app.ask({ url: '/v1/basins', headers })
  expect(String(answer.headers.vary)).toMatch(/accept-encoding.*origin|origin.*accept-encoding/)
})
