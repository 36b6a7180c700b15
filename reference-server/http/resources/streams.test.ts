import { describe, expect, test } from 'vitest'
import type { StreamInfo } from '../../backend/backend.ts'
import { refuse } from '../../semantics/refusal.ts'
import { SYSTEM_STREAM_CONFIG, UNSET_STREAM_CONFIG } from '../../semantics/resources/config.ts'
import { addressOf, streamName } from '../../testing/test-backend.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

const info: StreamInfo = { name: streamName('a/é'), createdAt: 0n, deletedAt: undefined, cipher: undefined }
const infoJson = { name: 'a/é', created_at: '1970-01-01T00:00:00.000Z', deleted_at: null, cipher: null }
const address = addressOf('basin-1-x', 'a/é')
const url = '/v1/streams/a%2F%C3%A9'

test('list answers a page of the basin in the header', async () => {
  const app = testApp({ listStreams: async () => ({ items: [info], hasMore: false }) })
  const answer = await app.ask({ url: '/v1/streams?prefix=a%2F+&start_after=..' })
  expect(answer).toMatchObject({ status: 200, json: { streams: [infoJson], has_more: false } })
  const listing = { prefix: 'a/ ', startAfter: '..', limit: undefined }
  expect(app.calls).toEqual([{ operation: 'listStreams', args: ['basin-1-x', listing] }])
})

test('list in a basin that is missing answers 404 (CP-STR-013)', async () => {
  const app = testApp({ listStreams: async () => refuse('basin_not_found', 'no') })
  expect(await app.ask({ url: '/v1/streams' })).toMatchObject({
    status: 404,
    json: { code: 'basin_not_found', message: 'no' },
  })
})

test('create answers 201 and hands on the config', async () => {
  const app = testApp({ createStream: async () => ({ result: 'created', info }) })
  const answer = await app.ask({
    method: 'POST',
    url: '/v1/streams',
    headers: { 's2-request-token': 'token' },
    body: { stream: 'a/é', config: { timestamping: { uncapped: true } } },
  })
  expect(answer).toMatchObject({ status: 201, json: infoJson, headers: { 's2-provision-result': 'created' } })
  expect(app.calls[0]?.args).toEqual([
    address,
    { ...UNSET_STREAM_CONFIG, timestampingUncapped: true },
    'token',
  ])
})

test('ensure takes the config itself', async () => {
  const app = testApp({ ensureStream: async () => ({ result: 'updated', info }) })
  const body = { storage_class: 'standard', config: { storage_class: 'express' } }
  expect(await app.ask({ method: 'PUT', url, body })).toMatchObject({ status: 200 })
  expect(app.calls[0]?.args).toEqual([address, { ...UNSET_STREAM_CONFIG, storageClass: 'standard' }])
})

test('get answers a config that is all concrete', async () => {
  const app = testApp({ getStreamConfig: async () => SYSTEM_STREAM_CONFIG })
  const answer = await app.ask({ url })
  expect(answer.json).toEqual({
    storage_class: 'express',
    retention_policy: { age: 604_800 },
    timestamping: { mode: 'client-prefer', uncapped: false },
    delete_on_empty: { min_age_secs: 0 },
  })
})

test('reconfigure and delete', async () => {
  const app = testApp({
    reconfigureStream: async () => SYSTEM_STREAM_CONFIG,
    deleteStream: async () => undefined,
  })
  const body = { retention_policy: null, delete_on_empty: { min_age_secs: 0 } }
  expect(await app.ask({ method: 'PATCH', url, body })).toMatchObject({ status: 200 })
  expect(app.calls[0]?.args[1]).toEqual({ ...UNSET_STREAM_CONFIG, retention: null, deleteOnEmptyMinAge: 0n })
  expect(await app.ask({ method: 'DELETE', url })).toMatchObject({ status: 202 })
  expect(app.calls[1]).toEqual({ operation: 'deleteStream', args: [address] })
})

describe('names', () => {
  test.each([
    ['%2E%2E%2E', '...'],
    ['a%2F..%2Fb', 'a/../b'],
    ['records', 'records'],
    ['%2Frecords%2Ftail', '/records/tail'],
    ['%25%3F%23+%20~1~0', '%?#+ ~1~0'],
    ['%252F', '%2F'],
    ['%F0%9F%98%80', '😀'],
    ['%C3%A9'.repeat(256), 'é'.repeat(256)],
  ])('%s is %s', async (segment, name) => {
    const app = testApp({ getStreamConfig: async () => SYSTEM_STREAM_CONFIG })
    expect(await app.ask({ url: `/v1/streams/${segment}` })).toMatchObject({ status: 200 })
    expect(app.calls[0]?.args).toEqual([{ basin: 'basin-1-x', stream: name }])
  })

  test.each(['a'.repeat(513), '%C3%A9'.repeat(257), '%FF', '%C3', '%zz', '%', '%00'])(
    '%s is refused as bad_path',
    async (segment) => {
      const app = testApp()
      const answer = await app.ask({ url: `/v1/streams/${segment}` })
      expect(answer).toMatchObject({ status: 400, json: { code: 'bad_path' } })
      expect(app.calls).toEqual([])
    },
  )
})

describe('the first fault is told', () => {
  test.each<[string, Asked, number, string]>([
    [
      'the token before the basin',
      {
        method: 'POST',
        url: '/v1/streams',
        headers: { 's2-request-token': 'é', 's2-basin': 'x' },
        body: { stream: 1 },
      },
      400,
      's2-request-token',
    ],
    [
      'the basin before the path',
      { url: '/v1/streams/%FF', headers: { 's2-basin': 'UPPERCASE' } },
      400,
      's2-basin',
    ],
    ['the path before the body', { method: 'PATCH', url: '/v1/streams/%FF', body: [] }, 400, 'path'],
    [
      'the shape before the value',
      { method: 'PATCH', url, body: { retention_policy: { age: 0 }, storage_class: 1 } },
      400,
      'storage_class',
    ],
    ['the value', { method: 'PATCH', url, body: { retention_policy: { age: 0 } } }, 422, 'age'],
  ])('%s', async (_what, asked, status, part) => {
    const app = testApp()
    const answer = await app.ask(asked)
    expect(answer).toMatchObject({ status, json: { message: expect.stringContaining(part) } })
    expect(app.calls).toEqual([])
  })
})
