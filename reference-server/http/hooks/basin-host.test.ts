import { describe, expect, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'
import { isDomain, labelBelow } from './basin-host.ts'

const listing = { listStreams: async () => ({ items: [], hasMore: false }) }
const basins = { listBasins: async () => ({ items: [], hasMore: false }) }
const app = (answers: Parameters<typeof testApp>[0]) =>
  testApp(answers, 'none', { basinDomain: 'b.localhost' })

describe('the basin in the host name (CP-RT-003, RTE-002)', () => {
  test.each([
    { host: 'my-basin.b.localhost', header: 'my-basin' },
    { host: 'my-basin.b.localhost:8080', header: 'my-basin' },
    { host: 'My-Basin.B.LocalHost', header: 'my-basin' },
    { host: 'my-basin.b.localhost', header: undefined },
    { host: '127.0.0.1:8080', header: 'my-basin' },
    { host: 'b.localhost', header: 'my-basin' },
    { host: 'localhost', header: 'my-basin' },
    { host: 'other-basin.localhost', header: 'my-basin' },
    { host: 'other-basinb.localhost', header: 'my-basin' },
  ])('$host with s2-basin: $header', async ({ host, header }) => {
    const { ask, calls } = app(listing)
    const headers = { host, ...(header === undefined ? { 's2-basin': undefined } : { 's2-basin': header }) }
    expect(await ask({ url: '/v1/streams', headers })).toMatchObject({ status: 200 })
    expect(calls[0]?.args[0]).toBe('my-basin')
  })

  test.each([
    { what: 'another basin in each', host: 'my-basin.b.localhost', header: 'other-basin' },
    { what: 'no name in the host', host: 'short.b.localhost', header: 'short' },
    { what: 'two labels', host: 'a.my-basin.b.localhost', header: undefined },
    { what: 'a name in upper case in the header', host: 'my-basin.b.localhost', header: 'My-Basin' },
    { what: 'neither', host: 'b.localhost', header: undefined },
    { what: 'an empty label', host: '.b.localhost', header: undefined },
  ])('$what is refused as bad_header', async ({ host, header }) => {
    for (const url of [
      '/v1/streams',
      '/v1/streams/s',
      '/v1/streams/s/records',
      '/v1/streams/s/records/tail',
    ]) {
      const { ask, calls } = app({})
      expect(await ask({ url, headers: { host, 's2-basin': header } })).toMatchObject({
        status: 400,
        json: { code: 'bad_header' },
      })
      expect(calls).toEqual([])
    }
  })

  test('account routes look at neither (CP-RT-007)', async () => {
    const headers = { host: 'my-basin.b.localhost', 's2-basin': 'Other' }
    expect(await app(basins).ask({ url: '/v1/basins', headers })).toMatchObject({ status: 200 })
  })

  test('without a domain a host chooses nothing', async () => {
    const { ask, calls } = testApp(listing)
    const headers = { host: 'my-basin.b.localhost', 's2-basin': 'other-basin' }
    expect(await ask({ url: '/v1/streams', headers })).toMatchObject({ status: 200 })
    expect(calls[0]?.args[0]).toBe('other-basin')
  })
})

test('names below the domain are let in on a loopback address, others are not', async () => {
  const { ask } = testApp(basins, 'none', { basinDomain: 's2.example' })
  const status = async (host: string) => (await ask({ url: '/v1/basins', headers: { host } })).status
  expect(await status('my-basin.s2.example')).toBe(200)
  expect(await status('localhost')).toBe(200)
  expect(await status('s2.example.evil.com')).toBe(400)
  expect(await status('evils2.example')).toBe(400)
})

test('what stands before the domain', () => {
  expect(labelBelow('a.b.localhost', 'b.localhost')).toBe('a')
  expect(labelBelow('a.c.b.localhost:1', 'b.localhost')).toBe('a.c')
  expect(labelBelow('b.localhost', 'b.localhost')).toBeUndefined()
})

test.each([
  ['b.localhost', true],
  ['localhost', true],
  ['b-1.example.com', true],
  ['', false],
  ['.b', false],
  ['b.', false],
  ['b..c', false],
  ['-b.c', false],
  ['b_c', false],
  ['b.localhost:8080', false],
  ['B.c', false],
])('"%s" is a domain: %s', (text, is) => {
  expect(isDomain(text)).toBe(is)
})
