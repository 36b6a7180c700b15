import { describe, expect, test } from 'vitest'
import type { Served } from '../../backend/backend.ts'
import type { Metric } from '../../semantics/metrics/metric-sets.ts'
import { refuse } from '../../semantics/refusal.ts'
import { HOSTED } from '../../semantics/resources/flavor.ts'
import { addressOf } from '../../testing/test-backend.ts'
import { ack, batch, delivered } from '../testing/samples.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

/** As the clock of the test stands, in seconds. */
const NOW = 1_700_000_000
const range = `start=${NOW - 60}&end=${NOW}`
const metrics: readonly Metric[] = [
  { accumulation: { name: 'list-basins', unit: 'operations', interval: 'hour', values: [[NOW, 2.5]] } },
  { gauge: { name: 'storage', unit: 'bytes', values: [[NOW, 7]] } },
  { label: { name: 'active_basins', values: ['a-basin-1'] } },
]
const answers = {
  accountMetrics: async () => metrics,
  basinMetrics: async () => metrics,
  streamMetrics: async () => metrics,
}

describe('metrics', () => {
  test.each([
    [
      `/v1/metrics?set=account-ops&${range}`,
      { operation: 'accountMetrics', args: ['account-ops', { start: NOW - 60, end: NOW, interval: 'hour' }] },
    ],
    [
      `/v1/metrics/a-basin-1?set=read-ops&${range}&interval=day`,
      {
        operation: 'basinMetrics',
        args: ['a-basin-1', 'read-ops', { start: NOW - 60, end: NOW, interval: 'day' }],
      },
    ],
    [
      `/v1/metrics/a-basin-1/a%2Fb?${range}&set=storage`,
      {
        operation: 'streamMetrics',
        args: [addressOf('a-basin-1', 'a/b'), 'storage', { start: NOW - 60, end: NOW, interval: 'minute' }],
      },
    ],
  ])('%s', async (url, call) => {
    const app = testApp(answers)
    const answer = await app.ask({ url })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(answer.json).toEqual({ values: metrics })
    expect(app.calls).toEqual([call])
  })

  test.each<[url: string, status: number, code: string]>([
    ['/v1/metrics', 400, 'bad_query'],
    [`/v1/metrics?${range}`, 400, 'bad_query'],
    [`/v1/metrics?set=storage&${range}`, 400, 'bad_query'],
    [`/v1/metrics?set=account-ops&set=account-ops&${range}`, 400, 'bad_query'],
    [`/v1/metrics/a-basin-1?set=account-ops&${range}`, 400, 'bad_query'],
    [`/v1/metrics/a-basin-1/s?set=append-ops&${range}`, 400, 'bad_query'],
    [`/v1/metrics/short?set=nonsense`, 400, 'bad_path'],
    [`/v1/metrics/a-basin-1/${'s'.repeat(513)}?set=nonsense`, 400, 'bad_path'],
    ['/v1/metrics/a-basin-1?set=storage&start=4294967296&end=1', 400, 'bad_query'],
    ['/v1/metrics/a-basin-1?set=storage&start=-1&end=1', 400, 'bad_query'],
    ['/v1/metrics/a-basin-1?set=storage&start=1.5&end=1', 400, 'bad_query'],
    [`/v1/metrics/a-basin-1/s?set=storage&${range}&interval=week`, 400, 'bad_query'],
    [`/v1/metrics/a-basin-1?set=storage&${range}&interval=minute`, 422, 'invalid'],
    [`/v1/metrics/a-basin-1/s?set=storage&${range}&interval=hour`, 422, 'invalid'],
    ['/v1/metrics?set=active-basins', 422, 'invalid'],
    [`/v1/metrics?set=active-basins&start=${NOW}`, 422, 'invalid'],
    [`/v1/metrics?set=active-basins&end=${NOW}`, 422, 'invalid'],
    [`/v1/metrics?set=active-basins&start=${NOW}&end=${NOW - 1}`, 422, 'invalid'],
    [`/v1/metrics?set=active-basins&start=${NOW}&end=${NOW + 600}`, 422, 'invalid'],
    [`/v1/metrics?set=active-basins&start=${NOW - 40 * 86_400}&end=${NOW}`, 422, 'invalid'],
  ])('%s is refused: %i %s', async (url, status, code) => {
    const app = testApp()
    expect(await app.ask({ url })).toMatchObject({ status, json: { code } })
    expect(app.calls).toEqual([])
  })

  test('a set that is none is invalid to the hosted service, a missing one is not even that (CP-MET-010)', async () => {
    const app = testApp({}, 'none', { flavor: HOSTED })
    expect(await app.ask({ url: `/v1/metrics?set=nonsense&${range}` })).toMatchObject({
      status: 422,
      json: { code: 'invalid' },
    })
    expect(await app.ask({ url: `/v1/metrics?${range}` })).toMatchObject({ json: { code: 'bad_query' } })
  })

  test('a refusal of the backend is answered', async () => {
    const app = testApp({ accountMetrics: async () => refuse('storage', 'the store has failed') })
    expect(await app.ask({ url: `/v1/metrics?set=account-ops&${range}` })).toMatchObject({ status: 500 })
  })
})

/** What the metrics are told, in order; a connection shows as 'connection'. */
function spy(): { readonly served: Served; readonly told: readonly (readonly unknown[])[] } {
  const told: unknown[][] = []
  const served: Served = {
    operation: (operation) => told.push([operation]),
    basinOperation: (operation, basin) => told.push([operation, basin]),
    append: (address, connection) => told.push(['append', address, typeof connection]),
    unaryRead: (address) => told.push(['unary', address]),
    sessionRead: (address, connection) => told.push(['session', address, typeof connection]),
  }
  return { served, told }
}

describe('what is served is told to the metrics', () => {
  const empty = async () => ({ items: [], hasMore: false })
  const address = addressOf('basin-1-x', 's')

  test.each<[Asked, readonly unknown[]]>([
    [{ url: '/v1/basins' }, ['list-basins']],
    [{ url: '/v1/basins', method: 'HEAD' }, ['list-basins']],
    [{ url: `/v1/metrics?set=account-ops&${range}` }, ['account-metrics']],
    [{ url: `/v1/metrics/a-basin-1?set=storage&${range}` }, ['basin-metrics']],
    [{ url: `/v1/metrics/a-basin-1/s?set=storage&${range}` }, ['stream-metrics']],
    [{ url: '/v1/streams' }, ['list-streams', 'basin-1-x']],
    [{ url: '/v1/streams/s/records/tail' }, ['check-tail', 'basin-1-x']],
    [{ url: '/v1/streams/s', method: 'DELETE' }, ['delete-stream', 'basin-1-x']],
    [{ url: '/v1/basins/a-basin-1', method: 'DELETE' }, ['delete-basin']],
    [{ url: '/v1/streams/s/records?seq_num=0' }, ['unary', address]],
    [
      { url: '/v1/streams/s/records', method: 'POST', body: { records: [{}] } },
      ['append', address, 'object'],
    ],
  ])('%j', async (asked, told) => {
    const seen = spy()
    const app = testApp({
      ...answers,
      served: seen.served,
      listBasins: empty,
      listStreams: empty,
      deleteBasin: async () => undefined,
      deleteStream: async () => undefined,
      checkTail: async () => ({ tail: { seqNum: 0n, timestamp: 0n } }),
      openRead: async () => delivered(batch([1n])),
      append: async () => ack,
    })
    expect((await app.ask(asked)).status).toBeLessThan(300)
    expect(seen.told).toEqual([told])
  })

  test.each<Asked>([
    { url: '/v1/basins?limit=x' },
    { url: '/v1/basins/a-basin-1' },
    { url: '/v1/streams', headers: { 's2-basin': 'no' } },
    { url: '/v1/nowhere' },
    { url: '/v1/streams/s/records?seq_num=0' },
    { url: '/v1/streams/s/records', method: 'POST', body: { records: [{}] } },
  ])('nothing of what is refused: %j', async (asked) => {
    const seen = spy()
    const missing = refuse('basin_not_found', 'not here')
    const app = testApp({
      served: seen.served,
      getBasinConfig: async () => missing,
      openRead: async () => missing,
      append: async () => missing,
    })
    expect((await app.ask(asked)).status).toBeGreaterThanOrEqual(400)
    expect(seen.told).toEqual([])
  })

  test.each([
    ['events', { accept: 'text/event-stream' }],
    ['frames', { 'content-type': 's2s/proto' }],
  ])('a session in %s when it begins and whenever it delivers', async (_kind, headers) => {
    const seen = spy()
    const app = testApp({ served: seen.served, openRead: async () => delivered(batch([1n]), batch([2n])) })
    await app.ask({ url: '/v1/streams/s/records?seq_num=0', headers })
    expect(seen.told).toEqual(Array.from({ length: 3 }, () => ['session', address, 'object']))
  })
})
