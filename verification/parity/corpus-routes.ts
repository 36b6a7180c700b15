import { get, IN_BASIN, json } from './corpus-configs.ts'
import type { Request } from './request.ts'

const QUERIES: readonly string[] = [
  ...[
    'limit=0',
    'limit=1',
    'limit=1000',
    'limit=1001',
    'limit=18446744073709551615',
    'limit=99999999999999999999',
  ],
  ...['limit=-1', 'limit=%2B2', 'limit=1.0', 'limit=', 'limit', 'limit=a', 'limit=1&limit=2', 'limit=%31'],
  ...[
    'limit=%201',
    'limit=0x1',
    'limit=%D9%A1',
    'prefix=',
    'prefix',
    'prefix=parity',
    'prefix=-',
    'prefix=A',
  ],
  ...['prefix=a_b', 'prefix=%C3%A9', 'prefix=a+b', 'prefix=a&prefix=a', 'prefix=.', 'prefix=%00', 'PREFIX=x'],
  ...[
    'pre%66ix=parity',
    'prefix=parity;limit=1',
    'start_after=',
    'start_after=parity-basin-110',
    'start_after=..',
  ],
  ...[
    'start_after=zzz&prefix=a',
    'start_after=a&prefix=parity',
    'unknown=1',
    'unknown=1&unknown=2',
    '&&',
    '=',
  ],
  ...[48, 49, 512, 513].map((length) => `prefix=${'a'.repeat(length)}`),
]

export const listings = (): readonly Request[] =>
  QUERIES.flatMap((query) => [get(`/v1/basins?${query}`), get(`/v1/streams?${query}`, IN_BASIN)])

const PATHS: readonly string[] = [
  ...['/', '/v1', '/v1/', '/v1/basins/', '/v1//basins', '/v1/basins//', '/v1/basin', '/basins', '/V1/basins'],
  ...['/v1/Basins', '/v1/./basins', '/v1/streams/../basins', '/v1/streams/', '/v1/streams/a/b', '/health/'],
  ...['/v1/streams/a/records/', '/v1/streams/a/records/tail/', '/v1/streams/a/records/x', '/v1/locations/x'],
  ...['/v1/streams/%2E', '/v1/streams/%2E%2E', '/v1/streams/%FF', '/v1/streams/%00', '/v1/streams/%E0%80%80'],
  ...['/v1/basins/short', '/v1/basins/UPPERCASE', '/v1/basins/%FFabcdefg'],
  ...[`/v1/streams/${'x'.repeat(513)}`, `/v1/streams/${'%C3%A9'.repeat(257)}`],
]

/** Every method on paths that nobody serves or whose names are none, and those that change nothing on some that are served. */
export function paths(): readonly Request[] {
  const unserved = PATHS.flatMap((path) =>
    ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'].map((method) => asked(method, path)),
  )
  const served = [
    '/v1/basins?',
    '/v1/streams',
    '/v1/streams/fixed',
    '/v1/streams/fix%65d?x=1',
    '/v1/streams/a;b',
  ]
  return [
    ...unserved,
    ...served.flatMap((path) => ['GET', 'HEAD', 'TRACE'].map((method) => asked(method, path))),
    ...['/v1/basins', '/v1/streams', '/v1/streams/fixed/records/tail'].map((path) => asked('DELETE', path)),
    ...['PUT', 'PATCH'].map((method) => asked(method, '/v1/streams')),
  ]
}

function asked(method: string, path: string): Request {
  return ['POST', 'PUT', 'PATCH'].includes(method)
    ? json(method, path, '{}', IN_BASIN)
    : { method, path, headers: IN_BASIN }
}

const BASINS: readonly (string | undefined)[] = [
  ...[
    undefined,
    '',
    'short',
    'UPPERCASE1',
    'no-such-basin',
    'parity-basin-0 ',
    'parity_basin',
    'é'.repeat(8),
  ],
  'parity-basin-0,parity-basin-0',
]
const TOKENS: readonly string[] = ['', 'x', 'x'.repeat(36), 'x'.repeat(37), 'é', 'a b', ' lead', '\t']
const CONFIGS: readonly string[] = [
  ...[
    '',
    'null',
    '{}',
    '[]',
    '{',
    '"x"',
    'é',
    '{"retention_policy":{"age":0}}',
    '{"storage_class":"x"}',
    ' {} ',
  ],
  ...['{"x":1}', '{"storage_class":"é"}', '{"a":1,"a":2}', '{"storage_class":"a","storage_class":"b"}'],
]

/** The headers that mean something, with values good and bad, wherever they are looked at and where they are not. */
export function headers(): readonly Request[] {
  const record = '{"records":[{"body":"x"}]}'
  const inBasin = [
    get('/v1/streams'),
    get('/v1/streams/no-such-stream'),
    json('PATCH', '/v1/streams/no-such-stream', '{}'),
    json('PATCH', '/v1/streams/%FF', 'x'),
    get('/v1/streams/no-such-stream/records'),
    get('/v1/streams/no-such-stream/records/tail'),
    json('POST', '/v1/streams/no-such-stream/records', record),
    get('/v1/basins'),
  ]
  const creations = [
    json('POST', '/v1/basins', '{"basin":"token-basin"}'),
    json('POST', '/v1/streams', '{"stream":"token-stream"}', IN_BASIN),
    json('PUT', '/v1/basins/token-basin-put', '{}'),
  ]
  const uses = ['fixed', 'missing'].flatMap((stream) => [
    json('POST', `/v1/streams/${stream}/records`, record, IN_BASIN),
    get(`/v1/streams/${stream}/records?seq_num=0`, IN_BASIN),
    get(`/v1/streams/${stream}/records/tail`, IN_BASIN),
  ])
  return [
    ...BASINS.flatMap((value) => inBasin.map((request) => withHeader(request, 's2-basin', value))),
    ...TOKENS.flatMap((value) =>
      creations.flatMap((request) => Array(2).fill(withHeader(request, 's2-request-token', value))),
    ),
    ...CONFIGS.flatMap((value) => uses.map((request) => withHeader(request, 's2-stream-config', value))),
  ]
}

const withHeader = (request: Request, name: string, value: string | undefined): Request =>
  value === undefined ? request : { ...request, headers: { ...request.headers, [name]: value } }
