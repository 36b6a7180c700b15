import { bytes } from '../../../client/records.ts'
import { onStream, type Requirement, requirement } from '../../check/requirement.ts'

export const bodies: readonly Requirement[] = [
  requirement('CP-RT-031', 'Accepted media types', async ({ account, basin, newStreamName, expect }) => {
    for (const type of JSON_TYPES) {
      const headers = { 'content-type': type }
      const name = newStreamName()
      const create = { method: 'POST', path: '/streams', headers, body: JSON.stringify({ stream: name }) }
      expect.ok(await basin.raw(create), 201)
      const patch = {
        method: 'PATCH',
        path: `/streams/${name}`,
        headers,
        body: '{"retention_policy":{"age":60}}',
      }
      expect.ok(await basin.raw(patch))
      const ensure = {
        method: 'PUT',
        path: `/streams/${name}`,
        headers,
        body: '{"retention_policy":{"age":61}}',
      }
      expect.ok(await basin.raw(ensure))
      // The basin exists: that it is said shows that the body was read.
      const again = { method: 'POST', path: '/basins', headers, body: JSON.stringify({ basin: basin.name }) }
      expect.refused(await account.raw(again), 409, 'resource_already_exists')
    }
  }),

  onStream('CP-RT-032', 'Missing or wrong media type', async (context) => {
    const { stream, account, basin, newStreamName, expect } = context
    const config = expect.ok(await basin.getStreamConfig(stream.name))
    const created = newStreamName()
    const requests = [
      { method: 'POST', path: '/streams', body: JSON.stringify({ stream: created }) },
      { method: 'PATCH', path: `/streams/${stream.name}`, body: '{"retention_policy":{"age":60}}' },
    ]
    const again = { method: 'POST', path: '/basins', body: JSON.stringify({ basin: basin.name }) }
    for (const typed of OTHER_TYPES) {
      for (const request of requests) {
        expect.refused(await basin.raw({ ...request, ...typed }), 400, 'bad_json')
      }
      expect.refused(await account.raw({ ...again, ...typed }), 400, 'bad_json')
    }
    expect.equal(expect.ok(await basin.getStreamConfig(stream.name)), config, 'configuration')
    expect.refused(await basin.getStreamConfig(created), 404, 'stream_not_found')
  }),

  requirement('CP-RT-033', 'Optional body of PUT', async ({ account, basin, newStreamName, expect }) => {
    const [untyped, empty, typed] = [newStreamName(), newStreamName(), newStreamName()]
    const put = (name: string): { method: string; path: string } => ({
      method: 'PUT',
      path: `/streams/${name}`,
    })
    const body = '{"retention_policy":{"age":77}}'
    const without = ['content-type']
    expect.ok(await basin.raw({ ...put(untyped), body, without }), 201)
    expect.ok(
      await basin.raw({ ...put(empty), headers: { 'content-type': 'application/json' }, body: '' }),
      201,
    )
    const plain = newStreamName()
    expect.ok(await basin.ensureStream(plain), 201)
    const config = expect.ok(await basin.getStreamConfig(plain))
    expect.equal(
      expect.ok(await basin.getStreamConfig(untyped)),
      config,
      'configuration from a body without a type',
    )
    expect.equal(expect.ok(await basin.getStreamConfig(empty)), config, 'configuration from an empty body')
    for (const type of ['text/plain', 'application/octet-stream', 'nonsense']) {
      const headers = { 'content-type': type }
      expect.refused(await basin.raw({ ...put(typed), headers, body }), 400, 'bad_json')
      const basinPut = { method: 'PUT', path: `/basins/${basin.name}`, headers, body: '{}' }
      expect.refused(await account.raw(basinPut), 400, 'bad_json')
    }
    expect.refused(await basin.getStreamConfig(typed), 404, 'stream_not_found')
  }),

  requirement('CP-RT-034', 'PUT with body `null`', async ({ account, basin, newStreamName, expect }) => {
    const name = newStreamName()
    expect.refused(
      await basin.raw({ method: 'PUT', path: `/streams/${name}`, body: 'null' }),
      400,
      'bad_json',
    )
    expect.refused(await basin.getStreamConfig(name), 404, 'stream_not_found')
    const ensure = { method: 'PUT', path: `/basins/${basin.name}`, body: 'null' }
    expect.refused(await account.raw(ensure), 400, 'bad_json')
  }),

  onStream('CP-RT-035', 'Malformed JSON body', async (context) => {
    const { stream, account, basin, newBasinName, newStreamName, expect } = context
    const config = expect.ok(await basin.getStreamConfig(stream.name))
    const [created, createdBasin] = [newStreamName(), newBasinName()]
    for (const text of NOT_CONFIGS) {
      const create = { method: 'POST', path: '/streams', body: `{"stream":"${created}","config":${text}}` }
      expect.refused(await basin.raw(create), 400, 'bad_json')
      for (const [method, name] of [
        ['PUT', created],
        ['PATCH', stream.name],
      ] as const) {
        expect.refused(await basin.raw({ method, path: `/streams/${name}`, body: text }), 400, 'bad_json')
      }
    }
    for (const text of NOT_CREATIONS) {
      const body = text.replaceAll('KEY', 'stream').replaceAll('NAME', created)
      expect.refused(await basin.raw({ method: 'POST', path: '/streams', body }), 400, 'bad_json')
      const basinBody = text.replaceAll('KEY', 'basin').replaceAll('NAME', createdBasin)
      expect.refused(await account.raw({ method: 'POST', path: '/basins', body: basinBody }), 400, 'bad_json')
    }
    expect.refused(await basin.getStreamConfig(created), 404, 'stream_not_found')
    expect.refused(await account.getBasinConfig(createdBasin), 404, 'basin_not_found')
    expect.equal(expect.ok(await basin.getStreamConfig(stream.name)), config, 'configuration')
  }),

  onStream('CP-RT-036', 'Semantic problems', async (context) => {
    const { stream, account, basin, newBasinName, newStreamName, expect } = context
    const config = expect.ok(await basin.getStreamConfig(stream.name))
    const [created, createdBasin] = [newStreamName(), newBasinName()]
    const zero = '{"retention_policy":{"age":0}}'
    const basinConfig = `{"default_stream_config":${zero}}`
    for (const [method, path, body] of [
      ['POST', '/streams', `{"stream":"${created}","config":${zero}}`],
      ['PUT', `/streams/${created}`, zero],
      ['PATCH', `/streams/${stream.name}`, zero],
    ] as const) {
      expect.refused(await basin.raw({ method, path, body }), 422, 'invalid')
    }
    for (const [method, path, body] of [
      ['POST', '/basins', `{"basin":"${createdBasin}","config":${basinConfig}}`],
      ['PUT', `/basins/${createdBasin}`, `{"config":${basinConfig}}`],
    ] as const) {
      expect.refused(await account.raw({ method, path, body }), 422, 'invalid')
    }
    expect.refused(await basin.getStreamConfig(created), 404, 'stream_not_found')
    expect.refused(await account.getBasinConfig(createdBasin), 404, 'basin_not_found')
    expect.equal(expect.ok(await basin.getStreamConfig(stream.name)), config, 'configuration')
  }),

  requirement('CP-RT-037', 'Unknown keys', async ({ basin, newStreamName, expect }) => {
    const name = newStreamName()
    const config = '{"retention_policy":{"age":77},"extra":{"deep":[null]},"timestamping":{"extra":true}}'
    const body = `{"stream":"${name}","config":${config},"extra":[]}`
    expect.ok(await basin.raw({ method: 'POST', path: '/streams', body }), 201)
    const stored = expect.ok(await basin.getStreamConfig(name))
    expect.equal<unknown>(stored.retention_policy, { age: 77 }, 'retention_policy')
    const patch = { method: 'PATCH', path: `/streams/${name}`, body: '{"extra":1}' }
    expect.ok(await basin.raw(patch))
    expect.equal(
      expect.ok(await basin.getStreamConfig(name)),
      stored,
      'configuration after a patch of unknown keys',
    )
  }),

  requirement('CP-RT-038', 'Body limit', async ({ basin, newStreamName, expect }) => {
    const [fitting, tooLarge] = [newStreamName(), newStreamName()]
    const create = (name: string, length: number): { method: string; path: string; body: Uint8Array } => ({
      method: 'POST',
      path: '/streams',
      body: bytes(JSON.stringify({ stream: name }).padEnd(length)),
    })
    expect.ok(await basin.raw(create(fitting, 2_097_152)), 201)
    expect.refused(await basin.raw(create(tooLarge, 2_097_153)), 400, 'bad_json')
    expect.refused(await basin.getStreamConfig(tooLarge), 404, 'stream_not_found')
  }),
]

const JSON_TYPES = [
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/vnd.example+json',
  'application/merge-patch+json; charset=utf-8',
  'application/json, text/plain',
]

const OTHER_TYPES = [
  { without: ['content-type'] },
  ...[
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'nonsense',
    'text/plain, application/json',
  ].map((type) => ({ headers: { 'content-type': type } })),
]

const NOT_CONFIGS = [
  '7',
  '"x"',
  '{"retention_policy":{"age":-1}}',
  '{"retention_policy":{"age":1.5}}',
  '{"retention_policy":{"age":"1"}}',
  '{"retention_policy":{"age":18446744073709551616}}',
  '{"retention_policy":{"age":1,"infinite":{}}}',
  '{"retention_policy":{}}',
  '{"retention_policy":7}',
  '{"timestamping":{"mode":"client"}}',
  '{"timestamping":{"uncapped":"true"}}',
  '{"timestamping":7}',
  '{"delete_on_empty":{"min_age_secs":-1}}',
]

/** KEY is `stream` or `basin`, NAME a name that is free. */
const NOT_CREATIONS = [
  '',
  '{',
  'null',
  '7',
  '{}',
  '{"KEY":7}',
  '{"KEY":null}',
  '{"KEY":""}',
  `{"KEY":"${'n'.repeat(513)}"}`,
  '{"KEY":"NAME"',
  '{"KEY":"NAME"} x',
  '{"KEY":"NAME","KEY":"NAME"}',
  '{"KEY":"NAME","config":7}',
]
