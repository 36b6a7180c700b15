import type { Request } from './request.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
export const BASIN = 'parity-basin-0'
export const IN_BASIN: Readonly<Record<string, string>> = { 's2-basin': BASIN }

const STREAM_LEAVES: Readonly<Record<string, readonly string[]>> = {
  storage_class: ['"standard"', '"express"', '"x"', '""', 'null', '7', 'true', '{}', '"é"', '"\\u0000"'],
  retention_policy: [
    ...[
      '{"age":1}',
      '{"age":0}',
      '{"age":18446744073709551615}',
      '{"age":18446744073709551616}',
      '{"age":-1}',
    ],
    ...[
      '{"age":1.0}',
      '{"age":1e3}',
      '{"age":"1"}',
      '{"age":null}',
      '{"age":-0}',
      '{"age":1E0}',
      '{"age": 5 }',
    ],
    ...['{"infinite":{}}', '{"infinite":{"x":1}}', '{"infinite":null}', '{"infinite":true}', '{"age":[1]}'],
    ...['{"age":1,"infinite":{}}', '{"age":1,"x":2}', '{"age":1,"age":2}', '{"x":2}', '{"Age":1}'],
    ...['{}', 'null', '"infinite"', '"age"', '3600', '[]', 'true'],
  ],
  timestamping: [
    ...['null', '{}', '{"mode":"arrival"}', '{"mode":"client-prefer","uncapped":true}', '{"mode":null}'],
    ...['{"uncapped":null}', '{"mode":"Arrival"}', '{"mode":7}', '{"uncapped":"true"}', '{"uncapped":1}'],
    ...['"arrival"', '{"mode":"arrival","mode":"arrival"}', '{"x":1}', '5'],
  ],
  delete_on_empty: [
    ...['null', '{}', '{"min_age_secs":0}', '{"min_age_secs":86400}', '{"min_age_secs":null}', '{"x":1}'],
    ...['{"min_age_secs":-1}', '{"min_age_secs":1.5}', '{"min_age_secs":"5"}', '5', 'true'],
    ...['{"min_age_secs":18446744073709551615}', '{"min_age_secs":18446744073709551616}'],
  ],
}

const BASIN_LEAVES: Readonly<Record<string, readonly string[]>> = {
  stream_cipher: ['null', '"aegis-256"', '"aes-256-gcm"', '"AES"', '7', '{}', '""'],
  create_stream_on_append: ['true', 'false', 'null', '1', '"true"', '{}'],
  create_stream_on_read: ['true', 'false', 'null', '0'],
  default_stream_config: ['null', '{}', '7', '"x"'],
}

const pairs = (leaves: typeof STREAM_LEAVES): readonly string[] =>
  Object.entries(leaves).flatMap(([key, values]) => values.map((value) => `{"${key}":${value}}`))

/** Every value of every leaf, by each way in which a configuration is given, and what is stored of it. */
export function configs(): readonly Request[] {
  const made = [
    json('POST', '/v1/basins', `{"basin":"${BASIN}"}`),
    json('PUT', '/v1/basins/parity-basin-put', '{}'),
    { method: 'PUT', path: '/v1/streams/fixed', headers: IN_BASIN },
  ]
  return [
    ...made,
    ...pairs(STREAM_LEAVES).flatMap(streamConfig),
    ...pairs(BASIN_LEAVES).flatMap((config, index) => basinConfig(config, 500 + index)),
    json('PUT', '/v1/basins/parity-basin-put', '{}'),
  ]
}

function streamConfig(config: string, index: number): readonly Request[] {
  const header = { ...IN_BASIN, 's2-stream-config': config.replaceAll('é', '\\u00e9') }
  return [
    json('POST', '/v1/streams', `{"stream":"s${index}","config":${config}}`, IN_BASIN),
    get(`/v1/streams/s${index}`, IN_BASIN),
    json('PUT', `/v1/streams/p${index}`, config, IN_BASIN),
    get(`/v1/streams/p${index}`, IN_BASIN),
    json('PATCH', '/v1/streams/fixed', config, IN_BASIN),
    json('POST', '/v1/streams/none/records', '{"records":[{"body":"x"}]}', header),
    ...basinConfig(`{"default_stream_config":${config}}`, 100 + index),
  ]
}

const basinConfig = (config: string, index: number): readonly Request[] => [
  json('POST', '/v1/basins', `{"basin":"parity-basin-${index}","config":${config}}`),
  get(`/v1/basins/parity-basin-${index}`),
  json('PUT', '/v1/basins/parity-basin-put', `{"config":${config}}`),
  json('PATCH', '/v1/basins/parity-basin-put', config),
  get('/v1/basins/parity-basin-put'),
  json('PATCH', '/v1/basins/no-such-basin', config),
]

const BODIES: readonly string[] = [
  ...[
    '',
    'null',
    '{}',
    '7',
    '"x"',
    'true',
    '{',
    '{}x',
    'nul',
    "{'stream':'a'}",
    '\ufeff{"basin":"bom-basin"}',
  ],
  ...['{"basin":null}', '{"basin":"short"}', '{"basin":"UPPERCASE1"}', '{"basin":"\\u0067ood-basin-1"}'],
  ...[
    '{"basin":"good-basin-2","config":[]}',
    '{"basin":"good-basin-3","config":7}',
    ' {"basin":"good-basin-4"} \n',
  ],
  ...[
    '{"basin":"good-basin-5","location":"aws:us-east-1"}',
    '{"basin":"good-basin-6","location":"bad location"}',
  ],
  ...['{"basin":"good-basin-7","location":7}', '{"basin":"good-basin-8","location":""}'],
  ...['{"basin":"good-basin-9","basin":"good-basin-9"}', '{"basin":"good-basin-10","x":1,"x":2}'],
  ...['{"stream":null}', '{"stream":""}', '{"stream":"."}', '{"stream":".."}', '{"stream":"a\\u0000b"}'],
  ...['{"stream":"ok","config":null}', `{"stream":"${'x'.repeat(513)}"}`, `{"stream":"${'é'.repeat(256)}"}`],
  ...['{"Stream":"x"}', '{"stream":"dup","config":{},"config":{}}', '{"stream":"t\\t"}', '{"stream":"t\t"}'],
  ...[
    '{"stream":"a","config":{"storage_class":"x",}}',
    '{"stream":"a" "config":{}}',
    '{"stream":"n2","extra":1e999}',
  ],
  ...['{"stream":"n3","extra":01}', '{"stream":"n4","extra":NaN}', '{"stream":"n5","extra":"\\x"}'],
]

const TYPES: readonly (string | undefined)[] = [
  ...[
    'application/json',
    undefined,
    'text/plain',
    'application/json; charset=latin1',
    'application/vnd.x+json',
  ],
  ...['APPLICATION/JSON', 'application/jsonx', 'application/json, text/plain', ''],
]

/** Every body under every content type, wherever one is taken. */
export function bodies(): readonly Request[] {
  const targets: readonly (readonly [method: string, path: string])[] = [
    ['POST', '/v1/basins'],
    ['POST', '/v1/streams'],
    ['PUT', '/v1/basins/parity-basin-put'],
    ['PUT', '/v1/streams/fixed'],
    ['PATCH', '/v1/basins/parity-basin-put'],
    ['PATCH', '/v1/streams/fixed'],
    ['DELETE', '/v1/streams/no-such-stream'],
  ]
  return BODIES.flatMap((body) =>
    TYPES.flatMap((type) =>
      targets.map(([method, path]) => {
        const headers = { ...IN_BASIN, ...(type !== undefined && { 'content-type': type }) }
        return { method, path, headers, body }
      }),
    ),
  )
}

export const get = (path: string, headers: Readonly<Record<string, string>> = {}): Request => ({
  method: 'GET',
  path,
  headers,
})

export const json = (
  method: string,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Request => ({ method, path, headers: { ...JSON_TYPE, ...headers }, body })
