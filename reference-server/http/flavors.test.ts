import { expect, test } from 'vitest'
import type { Backend } from '../backend/backend.ts'
import { DEFAULT_BASIN_CONFIG } from '../semantics/resources/config.ts'
import { HOSTED, HOSTED_FREE_TIER, LITE } from '../semantics/resources/flavor.ts'
import { basinName, streamName } from '../testing/test-backend.ts'
import { type Asked, testApp } from './testing/test-app.ts'

const basin = { name: basinName('a-basin-1'), createdAt: 0n, deletedAt: undefined, location: undefined }
const stream = { name: streamName('s'), createdAt: 0n, deletedAt: undefined, cipher: undefined }
const config = {
  ...DEFAULT_BASIN_CONFIG,
  defaultStreamConfig: {
    storageClass: 'express',
    retention: { age: 604_800n },
    timestampingMode: 'arrival',
    timestampingUncapped: false,
    deleteOnEmptyMinAge: 0n,
  },
} as const

const answers: Partial<Backend> = {
  listBasins: async () => ({ items: [], hasMore: false }),
  createBasin: async () => ({ result: 'noop', info: basin }),
  ensureBasin: async () => ({ result: 'noop', info: basin }),
  getBasinConfig: async () => config,
  reconfigureBasin: async () => config,
  createStream: async () => ({ result: 'noop', info: stream }),
  ensureStream: async () => ({ result: 'noop', info: stream }),
  getStreamConfig: async () => config.defaultStreamConfig,
}

interface Difference {
  readonly what: string
  readonly asked: Asked
  readonly lite: Expected
  readonly hosted: Expected
}

interface Expected {
  readonly status: number
  readonly json: unknown
}

const refused = (status: number, code: string): Expected => ({
  status,
  json: { code, message: expect.any(String) },
})
const ok = (status: number): Expected => ({ status, json: expect.any(Object) })
const everythingShown: Expected = {
  status: 200,
  json: {
    default_stream_config: {
      storage_class: 'express',
      retention_policy: { age: 604_800 },
      timestamping: { mode: 'arrival', uncapped: false },
      delete_on_empty: { min_age_secs: 0 },
    },
    stream_cipher: null,
    create_stream_on_append: false,
    create_stream_on_read: false,
  },
}
const longToken = `${'é'.repeat(18)}x`

test.each<Difference>([
  {
    what: 'the creation of a basin is repeated (CP-BAS-033)',
    asked: { method: 'POST', url: '/v1/basins', body: { basin: 'a-basin-1' } },
    lite: ok(201),
    hosted: ok(200),
  },
  {
    what: 'the creation of a stream is repeated (CP-STR-022)',
    asked: { method: 'POST', url: '/v1/streams', body: { stream: 's' } },
    lite: ok(201),
    hosted: ok(201),
  },
  {
    what: 'a basin is put with null (CP-RT-034)',
    asked: put('/v1/basins/a-basin-1', 'null'),
    lite: refused(400, 'bad_json'),
    hosted: ok(200),
  },
  {
    what: 'a stream is put with null (CP-RT-034)',
    asked: put('/v1/streams/s', 'null'),
    lite: refused(400, 'bad_json'),
    hosted: ok(200),
  },
  {
    what: 'a create flag is patched with null (CP-CFG-068)',
    asked: { method: 'PATCH', url: '/v1/basins/a-basin-1', body: { create_stream_on_append: null } },
    lite: refused(400, 'bad_json'),
    hosted: ok(200),
  },
  {
    what: 'a create flag is created with null (CP-CFG-022)',
    asked: {
      method: 'POST',
      url: '/v1/basins',
      body: { basin: 'a-basin-1', config: { create_stream_on_read: null } },
    },
    lite: refused(400, 'bad_json'),
    hosted: refused(400, 'bad_json'),
  },
  {
    what: 'a listing has no such limit (CP-RT-020)',
    asked: { url: '/v1/basins?limit=-1' },
    lite: refused(400, 'bad_query'),
    hosted: refused(422, 'invalid'),
  },
  {
    what: 'a listing has no such prefix (CP-BAS-003)',
    asked: { url: '/v1/basins?prefix=A' },
    lite: refused(400, 'bad_query'),
    hosted: refused(422, 'invalid'),
  },
  {
    what: 'a listing of streams has too long a start (CP-STR-003)',
    asked: { url: `/v1/streams?start_after=${'a'.repeat(513)}` },
    lite: refused(400, 'bad_query'),
    hosted: refused(422, 'invalid'),
  },
  {
    what: 'a parameter is given twice (CP-RT-021)',
    asked: { url: '/v1/basins?limit=1&limit=1' },
    lite: refused(400, 'bad_query'),
    hosted: refused(400, 'bad_query'),
  },
  {
    what: 'a fencing token in JSON is too long (REC-016)',
    asked: {
      method: 'POST',
      url: '/v1/streams/s/records',
      body: { records: [{ body: 'x' }], fencing_token: longToken },
    },
    lite: refused(400, 'bad_json'),
    hosted: refused(422, 'invalid'),
  },
  {
    what: 'a name in a body is malformed (CP-BAS-001)',
    asked: { method: 'POST', url: '/v1/basins', body: { basin: 'short' } },
    lite: refused(400, 'bad_json'),
    hosted: refused(400, 'bad_json'),
  },
  {
    what: 'a storage class is unknown (CP-CFG-001)',
    asked: { method: 'POST', url: '/v1/streams', body: { stream: 's', config: { storage_class: '' } } },
    lite: ok(201),
    hosted: refused(422, 'invalid'),
  },
  {
    what: 'a storage class is no text (CP-CFG-001)',
    asked: { method: 'POST', url: '/v1/streams', body: { stream: 's', config: { storage_class: 7 } } },
    lite: refused(400, 'bad_json'),
    hosted: refused(400, 'bad_json'),
  },
  {
    what: 'the config of a basin is asked for (CP-CFG-030, CP-CFG-032)',
    asked: { url: '/v1/basins/a-basin-1' },
    lite: everythingShown,
    hosted: everythingShown,
  },
])('$what', async ({ asked, lite, hosted }) => {
  for (const [flavor, expected] of [
    [LITE, lite],
    [HOSTED, hosted],
  ] as const) {
    const { status, json } = await testApp(answers, 'none', { flavor }).ask(asked)
    expect({ status, json }).toEqual(expected)
  }
})

test.each<[string, Asked]>([
  ['POST of a basin', { method: 'POST', url: '/v1/basins', body: inDefaults({ basin: 'a-basin-1' }) }],
  ['PUT of a basin', { method: 'PUT', url: '/v1/basins/a-basin-1', body: inDefaults({}) }],
  ['PATCH of a basin', { method: 'PATCH', url: '/v1/basins/a-basin-1', body: inDefaults({}).config }],
  ['POST of a stream', { method: 'POST', url: '/v1/streams', body: { stream: 's', config: forEver() } }],
  ['PUT of a stream', { method: 'PUT', url: '/v1/streams/s', body: forEver() }],
  ['PATCH of a stream', { method: 'PATCH', url: '/v1/streams/s', body: forEver() }],
])('the free tier keeps nothing for ever: %s (CP-CFG-005)', async (_what, asked) => {
  const app = testApp(answers, 'none', { flavor: HOSTED_FREE_TIER })
  const message = expect.stringContaining('free tier')
  expect(await app.ask(asked)).toMatchObject({ status: 422, json: { code: 'invalid', message } })
  expect(app.calls).toEqual([])
})

function put(url: string, body: string): Asked {
  return { method: 'PUT', url, headers: { 'content-type': 'application/json' }, body }
}

function forEver(): object {
  return { retention_policy: { infinite: {} } }
}

function inDefaults(body: object): { readonly config: object } {
  return { ...body, config: { default_stream_config: forEver() } }
}
