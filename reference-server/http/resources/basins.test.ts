import { describe, expect, test } from 'vitest'
import type { Backend, BasinInfo } from '../../backend/backend.ts'
import { refuse } from '../../semantics/refusal.ts'
import { DEFAULT_BASIN_CONFIG, UNSET_STREAM_CONFIG } from '../../semantics/resources/config.ts'
import { basinName } from '../../testing/test-backend.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

const name = basinName('a-basin-1')
const info: BasinInfo = { name, createdAt: 0n, deletedAt: undefined, location: undefined }
const infoJson = {
  name: 'a-basin-1',
  location: null,
  created_at: '1970-01-01T00:00:00.000Z',
  deleted_at: null,
  state: 'active',
}

describe('list', () => {
  test('answers a page', async () => {
    const deleting = { ...info, deletedAt: 1500n }
    const app = testApp({ listBasins: async () => ({ items: [info, deleting], hasMore: true }) })
    const answer = await app.ask({ url: '/v1/basins?prefix=a-&start_after=a&limit=%2B2&unknown=%' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.json).toEqual({
      basins: [infoJson, { ...infoJson, deleted_at: '1970-01-01T00:00:01.500Z', state: 'deleting' }],
      has_more: true,
    })
    expect(app.calls).toEqual([
      { operation: 'listBasins', args: [{ prefix: 'a-', startAfter: 'a', limit: 2n }] },
    ])
  })

  test.each([
    'limit=-1',
    'limit=abc',
    'limit=1.5',
    'limit=',
    'limit=1&limit=1',
    'prefix=-a',
    'prefix=A',
    'prefix=a_b',
    `prefix=${'a'.repeat(49)}`,
    'prefix=%FF',
    'start_after=%zz',
  ])('refuses %s as bad_query', async (query) => {
    const app = testApp()
    const answer = await app.ask({ url: `/v1/basins?${query}` })
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_query' } })
    expect(app.calls).toEqual([])
  })
})

describe('create', () => {
  const create = (body: object, headers = {}): Asked => ({ method: 'POST', url: '/v1/basins', headers, body })

  test.each(['created', 'noop'] as const)('answers 201 when it %s', async (result) => {
    const app = testApp({ createBasin: async () => ({ result, info }) })
    const answer = await app.ask(create({ basin: 'a-basin-1', location: null }, { 's2-request-token': '' }))
    expect(answer).toMatchObject({
      status: 201,
      json: infoJson,
      headers: { 's2-provision-result': result },
    })
    const args = [name, DEFAULT_BASIN_CONFIG, '', undefined]
    expect(app.calls).toEqual([{ operation: 'createBasin', args }])
  })

  test('hands on a location, and shows where the basin is (CP-BAS-043)', async () => {
    const placed = { ...info, location: 'aws:us-west-2' }
    const app = testApp({
      createBasin: async () => ({ result: 'created', info: placed }),
      ensureBasin: async () => ({ result: 'noop', info: placed }),
    })
    const location = 'aws:eu-north-1'
    const created = await app.ask(create({ basin: 'a-basin-1', location }))
    const ensured = await app.ask({ method: 'PUT', url: '/v1/basins/a-basin-1', body: { location } })
    for (const answer of [created, ensured]) expect(answer.json).toMatchObject({ location: 'aws:us-west-2' })
    expect(app.calls).toEqual([
      { operation: 'createBasin', args: [name, DEFAULT_BASIN_CONFIG, undefined, location] },
      { operation: 'ensureBasin', args: [name, DEFAULT_BASIN_CONFIG, location] },
    ])
  })

  test('hands on a refusal', async () => {
    const app = testApp({ createBasin: async () => refuse('resource_already_exists', 'there') })
    const answer = await app.ask(create({ basin: 'a-basin-1' }))
    expect(answer).toMatchObject({
      status: 409,
      json: { code: 'resource_already_exists', message: 'there' },
    })
  })

  test.each<[string, Asked, number, string]>([
    ['a wrong name', create({ basin: 'short' }), 400, 'bad_json'],
    ['no name', create({ config: {} }), 400, 'bad_json'],
    ['a wrong location', create({ basin: 'a-basin-1', location: 'no spaces' }), 400, 'bad_json'],
    ['a null flag', create({ basin: 'a-basin-1', config: { create_stream_on_read: null } }), 400, 'bad_json'],
    [
      'an unknown cipher',
      create({ basin: 'a-basin-1', config: { stream_cipher: 'rot13' } }),
      400,
      'bad_json',
    ],
    [
      'an age of 0',
      create({ basin: 'a-basin-1', config: { default_stream_config: { retention_policy: { age: 0 } } } }),
      422,
      'invalid',
    ],
    [
      'a token of 37 bytes, before anything else',
      create({ basin: 'x' }, { 's2-request-token': 'x'.repeat(37) }),
      400,
      'bad_header',
    ],
    [
      'another content type',
      { method: 'POST', url: '/v1/basins', headers: { 'content-type': 'text/plain' }, body: '{}' },
      400,
      'bad_json',
    ],
    [
      'a content type that is none',
      { method: 'POST', url: '/v1/basins', headers: { 'content-type': '/' }, body: '{}' },
      400,
      'bad_json',
    ],
    [
      'no content type',
      { method: 'POST', url: '/v1/basins', body: '{"basin":"a-basin-1"}' },
      400,
      'bad_json',
    ],
    [
      'an empty body',
      { ...create({}), headers: { 'content-type': 'application/json' }, body: '' },
      400,
      'bad_json',
    ],
    ['more than 2 MiB', create({ basin: 'a-basin-1', pad: 'x'.repeat(2_097_152) }), 400, 'bad_json'],
  ])('refuses %s', async (_what, asked, status, code) => {
    const app = testApp()
    expect(await app.ask(asked)).toMatchObject({ status, json: { code } })
    expect(app.calls).toEqual([])
    expect(app.reported).toEqual([])
  })
})

describe('ensure', () => {
  const answers: Partial<Backend> = { ensureBasin: async () => ({ result: 'updated', info }) }

  test.each([
    ['created', 201],
    ['updated', 200],
    ['noop', 200],
  ] as const)('answers what it did: %s', async (result, status) => {
    const app = testApp({ ensureBasin: async () => ({ result, info }) })
    const answer = await app.ask({ method: 'PUT', url: '/v1/basins/a-basin-1' })
    expect(answer).toMatchObject({ status, json: infoJson, headers: { 's2-provision-result': result } })
  })

  test.each<[string, Partial<Asked>]>([
    ['nothing', {}],
    ['bytes without a content type', { body: '{"config":{"create_stream_on_append":true}}' }],
    ['an empty body', { headers: { 'content-type': 'application/json' }, body: '' }],
    ['an empty object', { body: {} }],
    ['a config of null', { body: { config: null } }],
  ])('takes %s for the default', async (_what, asked) => {
    const app = testApp(answers)
    expect(await app.ask({ method: 'PUT', url: '/v1/basins/a-basin-1', ...asked })).toMatchObject({
      status: 200,
    })
    expect(app.calls[0]?.args).toEqual([name, DEFAULT_BASIN_CONFIG, undefined])
  })

  test('takes a config with a suffix and parameters on its content type', async () => {
    const app = testApp(answers)
    const config = { create_stream_on_append: true, default_stream_config: { delete_on_empty: {} } }
    await app.ask({
      method: 'PUT',
      url: '/v1/basins/a-basin-1',
      headers: { 'content-type': 'Application/x+JSON; charset=utf-8, text/plain' },
      body: { config },
    })
    expect(app.calls[0]?.args[1]).toEqual({
      ...DEFAULT_BASIN_CONFIG,
      createStreamOnAppend: true,
      defaultStreamConfig: { ...UNSET_STREAM_CONFIG, deleteOnEmptyMinAge: 0n },
    })
  })

  test.each<[string, Partial<Asked>, string]>([
    ['null', { headers: { 'content-type': 'application/json' }, body: 'null' }, 'bad_json'],
    ['another content type', { headers: { 'content-type': 'text/plain' } }, 'bad_json'],
    ['a wrong name, before the body', { url: '/v1/basins/short', body: [] }, 'bad_path'],
    ['a name that is not UTF-8', { url: '/v1/basins/%FFabcdefgh' }, 'bad_path'],
  ])('refuses %s', async (_what, asked, code) => {
    const app = testApp()
    const answer = await app.ask({ method: 'PUT', url: '/v1/basins/a-basin-1', ...asked })
    expect(answer).toMatchObject({ status: 400, json: { code } })
    expect(app.calls).toEqual([])
  })
})

describe('get, reconfigure and delete', () => {
  const config = { ...DEFAULT_BASIN_CONFIG, createStreamOnRead: true }
  const configJson = {
    default_stream_config: null,
    stream_cipher: null,
    create_stream_on_append: false,
    create_stream_on_read: true,
  }

  test('get answers the config with all its keys', async () => {
    const app = testApp({ getBasinConfig: async () => config })
    expect(await app.ask({ url: '/v1/basins/a-basin-1' })).toMatchObject({ status: 200, json: configJson })
  })

  test('HEAD answers as GET without the body', async () => {
    const app = testApp({ getBasinConfig: async () => config })
    const answer = await app.ask({ method: 'HEAD', url: '/v1/basins/a-basin-1' })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-length']).toBe(String(JSON.stringify(configJson).length))
    expect(answer.body.length).toBe(0)
  })

  test('reconfigure hands on what is kept, cleared and set', async () => {
    const app = testApp({ reconfigureBasin: async () => config })
    const body = { create_stream_on_read: true, default_stream_config: { timestamping: null } }
    const answer = await app.ask({ method: 'PATCH', url: '/v1/basins/a-basin-1', body })
    expect(answer).toMatchObject({ status: 200, json: configJson })
    expect(app.calls[0]?.args).toEqual([
      name,
      {
        defaultStreamConfig: {
          ...UNSET_STREAM_CONFIG,
          timestampingMode: null,
          timestampingUncapped: null,
        },
        streamCipher: undefined,
        createStreamOnAppend: undefined,
        createStreamOnRead: true,
      },
    ])
  })

  test.each([
    [{ create_stream_on_append: null }, 400, 'bad_json'],
    [{ stream_cipher: 'rot13' }, 400, 'bad_json'],
    [{ default_stream_config: { retention_policy: { age: 0 } } }, 422, 'invalid'],
    [[], 400, 'bad_json'],
  ] as const)('reconfigure refuses %j', async (body, status, code) => {
    const app = testApp()
    const answer = await app.ask({ method: 'PATCH', url: '/v1/basins/a-basin-1', body })
    expect(answer).toMatchObject({ status, json: { code } })
    expect(app.calls).toEqual([])
  })

  test('delete answers 202 and says that nothing follows, whatever body came', async () => {
    const app = testApp({ deleteBasin: async () => undefined })
    const answer = await app.ask({
      method: 'DELETE',
      url: '/v1/basins/a-basin-1',
      headers: { 'content-type': '/' },
      body: 'whatever',
    })
    expect(answer).toMatchObject({ status: 202, headers: { 'content-length': '0' } })
    expect(answer.body.length).toBe(0)
  })

  test('a basin that is not there', async () => {
    const app = testApp({ deleteBasin: async () => refuse('basin_not_found', 'no') })
    const answer = await app.ask({ method: 'DELETE', url: '/v1/basins/a-basin-1' })
    expect(answer).toMatchObject({ status: 404, json: { code: 'basin_not_found' } })
  })
})
