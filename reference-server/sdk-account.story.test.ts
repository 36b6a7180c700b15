import { type Metric, paginate, S2, S2Endpoints, S2Environment, S2Error } from '@s2-dev/streamstore'
import { describe, expect, test, vi } from 'vitest'
import { allOf, tellSdkStory, texts } from './testing/sdk-story.ts'

const story = tellSdkStory('account')
const { client, newStream, basinName } = story

describe('the official SDK manages', () => {
  test('basins', async () => {
    const { basins } = client()
    const created = await basins.create({ basin: 'sdk-managed', config: { createStreamOnAppend: true } })
    expect(created.name).toBe('sdk-managed')
    await expect(basins.create({ basin: 'sdk-managed' })).rejects.toMatchObject({
      status: 409,
      code: 'resource_already_exists',
    })
    const ensured = await basins.ensure({ basin: 'sdk-managed', config: { createStreamOnAppend: true } })
    expect(ensured.result).toBe('noop')
    const changed = await basins.reconfigure({
      basin: 'sdk-managed',
      defaultStreamConfig: { retentionPolicy: { ageSecs: 3600 } },
    })
    expect(changed.defaultStreamConfig?.retentionPolicy).toEqual({ ageSecs: 3600 })
    expect((await basins.getConfig({ basin: 'sdk-managed' })).createStreamOnAppend).toBe(true)
    const listed = await basins.list({ prefix: 'sdk-managed' })
    expect(listed.basins.map(({ name }) => name)).toEqual(['sdk-managed'])
    await basins.delete({ basin: 'sdk-managed' })
    await expect(basins.create({ basin: 'sdk-managed' })).rejects.toMatchObject({
      code: 'basin_deletion_pending',
    })
  })

  test('streams', async () => {
    await client().basins.create({ basin: 'sdk-streams' })
    const { streams } = client().basin('sdk-streams')
    await streams.create({ stream: 'one', config: { timestamping: { mode: 'arrival' } } })
    await streams.create({ stream: 'two' })
    expect((await streams.getConfig({ stream: 'one' })).timestamping).toEqual({
      mode: 'arrival',
      uncapped: false,
    })
    const names: string[] = []
    for await (const { name } of streams.listAll({ limit: 1 })) names.push(name)
    expect(names).toEqual(['one', 'two'])
    expect((await streams.ensure({ stream: 'three' })).result).toBe('created')
    const config = await streams.reconfigure({ stream: 'three', storageClass: 'standard' })
    expect(config.storageClass).toBe('standard')
    await streams.delete({ stream: 'three' })
    await expect(streams.getConfig({ stream: 'three' })).rejects.toBeInstanceOf(S2Error)
  })
})

describe('the official SDK pages', () => {
  test('through basins, streams and whatever else', async () => {
    const names = ['sdk-page-1', 'sdk-page-2', 'sdk-page-3']
    const { basins } = client()
    for (const basin of names) await basins.create({ basin })
    const page = await basins.list({ prefix: 'sdk-page-', startAfter: 'sdk-page-1', limit: 1 })
    expect([page.basins.map(({ name }) => name), page.hasMore]).toEqual([['sdk-page-2'], true])
    const listed = await allOf(basins.listAll({ prefix: 'sdk-page-', limit: 1 }))
    expect(listed.map(({ name }) => name)).toEqual(names)
    expect(listed.every(({ createdAt, deletedAt }) => createdAt.getTime() > 0 && !deletedAt)).toBe(true)
    await basins.delete({ basin: 'sdk-page-2' })
    const left = await allOf(basins.listAll({ prefix: 'sdk-page-' }))
    expect(left.map(({ name }) => name)).toEqual(['sdk-page-1', 'sdk-page-3'])
    const { streams } = client().basin('sdk-page-1')
    for (const stream of ['a/1', 'a/2', 'b']) await streams.create({ stream })
    const some = await streams.list({ prefix: 'a/', startAfter: 'a/1' })
    expect([some.streams.map(({ name }) => name), some.hasMore]).toEqual([['a/2'], false])
    const fetched = paginate(
      async ({ startAfter = '' }: { startAfter?: string }) => {
        const { streams: items, hasMore } = await streams.list({ startAfter, limit: 1 })
        return { items, hasMore }
      },
      {},
      ({ name }) => name,
    )
    expect((await allOf(fetched)).map(({ name }) => name)).toEqual(['a/1', 'a/2', 'b'])
  })
})

describe('the official SDK manages access tokens', () => {
  test('which are issued, listed, bound to their scope, and revoked', async () => {
    const { accessTokens } = client()
    await newStream()
    const basin = basinName()
    const scope = {
      basins: { exact: basin },
      streams: { prefix: 'a/' },
      ops: ['read' as const, 'check-tail' as const],
    }
    const expiresAt = new Date(Date.now() + 3_600_000)
    for (const id of ['sdk/1', 'sdk/2']) await accessTokens.issue({ id, scope, expiresAt })
    const { accessToken } = await accessTokens.issue({ id: 'sdk/3', scope })
    const page = await accessTokens.list({ prefix: 'sdk/', limit: 1 })
    expect([page.accessTokens[0]?.id, page.hasMore]).toEqual(['sdk/1', true])
    expect(page.accessTokens[0]?.expiresAt).toEqual(expiresAt)
    const listed = await allOf(accessTokens.listAll({ prefix: 'sdk/', limit: 2 }))
    expect(listed.map(({ id }) => id)).toEqual(['sdk/1', 'sdk/2', 'sdk/3'])
    expect(listed[0]?.scope.ops?.toSorted()).toEqual(['check-tail', 'read'])

    const limited = client({ accessToken }).basin(basin)
    expect((await limited.stream('a/stream of ours').checkTail()).tail.seqNum).toBe(0)
    const denied = { status: 403, code: 'permission_denied' }
    await expect(limited.stream('a/stream of ours').append(texts('a'))).rejects.toMatchObject(denied)
    await expect(limited.stream('b').checkTail()).rejects.toMatchObject(denied)
    await expect(limited.streams.list()).rejects.toMatchObject(denied)
    for (const { id } of listed) await accessTokens.revoke({ id })
    await expect(limited.stream('a/stream of ours').checkTail()).rejects.toBeInstanceOf(S2Error)
    expect((await accessTokens.list({ prefix: 'sdk/' })).accessTokens).toEqual([])
  })

  test('that prefix the streams of their holder', async () => {
    await newStream()
    const basin = basinName()
    const { accessToken } = await client().accessTokens.issue({
      id: 'sdk-prefixing',
      scope: {
        basins: { exact: basin },
        streams: { prefix: 'tenant/' },
        opGroups: { stream: { read: true, write: true }, basin: { read: true, write: true } },
      },
      autoPrefixStreams: true,
    })
    const tenant = client({ accessToken }).basin(basin)
    await tenant.streams.create({ stream: 'mine' })
    await tenant.stream('mine').append(texts('a'))
    expect((await tenant.streams.list()).streams.map(({ name }) => name)).toEqual(['mine'])
    const all = (await client().basin(basin).streams.list()).streams.map(({ name }) => name)
    expect(all).toEqual(['a/stream of ours', 'tenant/mine'])
  })
})

describe('the official SDK asks for metrics', () => {
  test('of the account, a basin and a stream, and gets what was measured', async () => {
    const stream = await newStream()
    const basin = basinName()
    await stream.append(texts('x'.repeat(992)))
    await stream.read({ start: { from: { seqNum: 0 } } })
    const { metrics } = client()
    const window = { start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 60_000) }
    const active = await metrics.account({ set: 'active-basins', ...window })
    expect(active.values.flatMap((metric) => ('label' in metric ? metric.label.values : []))).toContain(basin)
    const appended = await metrics.basin({ basin, set: 'append-throughput', interval: 'minute', ...window })
    expect(appended.values.flatMap(valuesOf).reduce((sum, [, value]) => sum + value, 0)).toBe(1000)
    const stored = await metrics.stream({ basin, stream: stream.name, set: 'storage', ...window })
    expect(Math.max(...stored.values.flatMap(valuesOf).map(([, value]) => value))).toBe(1000)
    const backwards = { start: window.end, end: window.start }
    await expect(metrics.account({ set: 'account-ops', ...backwards })).rejects.toMatchObject({ status: 422 })
  })

  const valuesOf = (metric: Metric): readonly (readonly [Date, number])[] => {
    if ('accumulation' in metric) return metric.accumulation.values
    return 'gauge' in metric ? metric.gauge.values : []
  }
})

describe('the official SDK asks for locations', () => {
  test('which are listed and chosen', async () => {
    const { locations, basins } = client()
    const listed = await locations.list()
    const before = await locations.getDefault()
    expect(listed).toContainEqual(before)
    for (const { name } of listed) {
      expect((await locations.setDefault({ location: name })).name).toBe(name)
      expect((await locations.getDefault()).name).toBe(name)
    }
    await locations.setDefault({ location: before.name })
    expect((await basins.create({ basin: 'sdk-located', location: before.name })).location).toBe(before.name)
    expect((await basins.ensure({ basin: 'sdk-located', location: before.name })).result).toBe('noop')
    await expect(locations.setDefault({ location: 'nowhere' })).rejects.toMatchObject({
      status: 422,
      code: 'invalid',
    })
  })
})

describe('the official SDK finds the server', () => {
  test('by the environment', async () => {
    vi.stubEnv('S2_ACCOUNT_ENDPOINT', story.url())
    vi.stubEnv('S2_BASIN_ENDPOINT', story.url())
    vi.stubEnv('S2_ACCESS_TOKEN', story.token())
    const found = S2Environment.parse()
    vi.unstubAllEnvs()
    const { accessToken = '' } = found
    expect((await new S2({ ...found, accessToken }).basins.list({ limit: 1 })).basins.length).toBe(1)
  })

  test('by endpoints', () => {
    const endpoints = new S2Endpoints({ account: story.url(), basin: story.url() })
    expect([endpoints.accountBaseUrl(), endpoints.basinBaseUrl('any')]).toEqual([
      `${story.url()}/v1`,
      `${story.url()}/v1`,
    ])
  })
})

test('no call of this part of the official SDK was left out', () => {
  expect(story.surface.missing()).toEqual([])
})
