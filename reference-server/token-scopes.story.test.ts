import { describe, expect, test } from 'vitest'
import { denied, guardedServer } from './testing/guarded-server.ts'

const { clock, ask, issue, streamNames } = guardedServer()

describe('a token that prefixes streams', () => {
  const all = { op_groups: { basin: { read: true, write: true }, stream: { read: true, write: true } } }

  test('has a basin of its own within the basin (CP-TOK-050, CP-TOK-051)', async () => {
    await ask('POST', '/streams', { stream: 'outside' })
    const { token } = await issue({ ...all, streams: { prefix: 'tenant/' } }, { auto_prefix_streams: true })
    const mine = { token }
    expect(await ask('POST', '/streams', { stream: 'b' }, mine)).toMatchObject({
      status: 201,
      json: { name: 'b' },
    })
    expect(await ask('PUT', '/streams/a', {}, mine)).toMatchObject({ status: 201, json: { name: 'a' } })
    const records = { records: [{ body: 'x' }] }
    expect((await ask('POST', '/streams/c/records', records, mine)).status).toBe(200)
    expect((await ask('POST', '/streams/tenant%2Fx/records', records, mine)).status).toBe(200)
    const names = ['a', 'b', 'c', 'tenant/x']
    expect(await streamNames('tenant/')).toEqual(names.map((name) => `tenant/${name}`))
    const listed = async (query: string) =>
      (
        (await ask('GET', `/streams${query}`, undefined, mine)).json as { streams: { name: string }[] }
      ).streams.map(({ name }) => name)
    expect(await listed('')).toEqual(names)
    expect(await listed('?prefix=tenant')).toEqual(['tenant/x'])
    expect(await listed('?start_after=b&limit=1')).toEqual(['c'])
    expect(await ask('GET', '/streams/c/records?seq_num=0', undefined, mine)).toMatchObject({
      json: { records: [{ body: 'x' }] },
    })
    expect((await ask('GET', '/streams/c/records/tail', undefined, mine)).json).toMatchObject({
      tail: { seq_num: 1 },
    })
    expect((await ask('GET', '/streams/outside', undefined, mine)).status).toBe(404)
    expect((await ask('PATCH', '/streams/a', {}, mine)).status).toBe(200)
    expect((await ask('DELETE', '/streams/b', undefined, mine)).status).toBe(202)
    expect((await ask('GET', '/streams/tenant%2Fb')).json).toMatchObject({ code: 'stream_deletion_pending' })
  })

  test('has names that are so much shorter, each refused in its place (CP-TOK-053)', async () => {
    const { token } = await issue({ ...all, streams: { prefix: 'tenant/' } }, { auto_prefix_streams: true })
    const stream = 'x'.repeat(506)
    const refused = (code: string) => ({ status: 400, json: { code } })
    expect(await ask('POST', '/streams', { stream }, { token })).toMatchObject(refused('bad_json'))
    expect(await ask('GET', `/streams/${stream}`, undefined, { token })).toMatchObject(refused('bad_path'))
    expect(await ask('POST', '/streams', { stream: '' }, { token })).toMatchObject(refused('bad_json'))
    expect((await ask('GET', `/streams?prefix=${stream}`, undefined, { token })).json).toMatchObject({
      streams: [],
    })
  })

  test('without auto_prefix_streams names are whole (CP-TOK-052)', async () => {
    const { token } = await issue({ ...all, streams: { prefix: 'whole/' } })
    expect((await ask('PUT', '/streams/whole%2Fa', {}, { token })).status).toBe(201)
    expect(await ask('PUT', '/streams/a', {}, { token })).toEqual(denied)
    const { json } = await ask('GET', '/streams', undefined, { token })
    expect(json).toMatchObject({ streams: [{ name: 'whole/a' }], has_more: false })
  })
})

test('a listing shows what is in scope, and is not refused for the rest (CP-TOK-040)', async () => {
  await ask('POST', '/streams', { stream: 'waiting' })
  const { token } = await issue({
    ops: ['list-basins', 'list-access-tokens', 'list-streams'],
    access_tokens: { exact: 'token-1' },
    streams: { exact: 'waiting' },
  })
  const basins = await ask('GET', '/basins?limit=1', undefined, { token })
  expect(basins.json).toMatchObject({ basins: [{ name: 'team-a-1' }], has_more: false })
  const tokens = await ask('GET', '/access-tokens', undefined, { token })
  expect(tokens.json).toMatchObject({ access_tokens: [{ id: 'token-1' }], has_more: false })
  const streams = await ask('GET', '/streams?prefix=w', undefined, { token })
  expect(streams.json).toMatchObject({ streams: [{ name: 'waiting' }], has_more: false })
  expect(await ask('GET', '/streams', undefined, { token, basin: 'team-b-1' })).toEqual(denied)
})

test('with a token one can issue tokens that are no more than itself (CP-TOK-014, CP-TOK-015)', async () => {
  const expires_at = new Date(Number(clock.now()) + 60_000).toISOString()
  const { token } = await issue(
    { ops: ['issue-access-token', 'list-access-tokens', 'read'], access_tokens: { prefix: 'mine/' } },
    { expires_at },
  )
  const wanted = (id: string, scope: object, rest: object = {}) =>
    ask('POST', '/access-tokens', { id, scope, ...rest }, { token })
  expect((await wanted('mine/a', { ops: ['read'] })).status).toBe(201)
  expect(await wanted('yours/a', { ops: ['read'] })).toEqual(denied)
  expect(await wanted('mine/b', { ops: ['append'] })).toEqual(denied)
  expect(await wanted('mine/b', { ops: ['read'], basins: { prefix: '' } })).toEqual(denied)
  expect(await wanted('mine/b', { ops: ['read'] }, { expires_at: '2999-01-01T00:00:00Z' })).toEqual(denied)
  const { json } = await ask('GET', '/access-tokens', undefined, { token })
  expect(json).toMatchObject({
    access_tokens: [{ id: 'mine/a', expires_at: expires_at.replace('.000', '') }],
    has_more: false,
  })
})
