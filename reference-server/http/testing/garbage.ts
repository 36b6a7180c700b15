import fc from 'fast-check'
import type { Compression } from '../../../proto/compression.ts'
import { encodeFrame } from '../../../proto/frames.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'

/** A request that is wrong somewhere, or everywhere, but gets past the first checks often enough. */
export interface WildRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** No request deletes or changes it, so that the others get as far as its streams. */
export const BASIN = 'garbage-basin'

const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength })

/** Text of one line: mostly what a header or path may hold, sometimes any Latin-1. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 40 })
      .map((text) => text.replaceAll(/[\r\n\0]|[^\0-\xff]/g, '~')),
  },
)

const mostly = <Value>(usual: Value, wild: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: wild })

const name = fc.oneof(
  fc.constantFrom(
    'a-stream',
    'other-basin',
    '%2F',
    '%FF',
    '%',
    '%00',
    '.',
    '..',
    '%2e%2E',
    '~1',
    '',
    'records',
    'tail',
  ),
  line.map((text) => encodeURIComponent(text.replaceAll(/[\ud800-\udfff]/g, ''))),
  line.map((text) => text.replaceAll(/[ /?]/g, '')),
  fc.constant('é'.repeat(600)),
)

interface Route {
  readonly method: string
  readonly path: string
}

const anyMethod = fc.oneof(
  fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'),
  fc.stringMatching(/^[A-Z]{1,8}$/),
)

/** Mostly one of the methods that the path has. */
const route = (methods: readonly string[], path: fc.Arbitrary<string>): fc.Arbitrary<Route> =>
  fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...methods) },
      { weight: 1, arbitrary: anyMethod },
    ),
    path,
  })

const routes = fc.oneof(
  {
    weight: 4,
    arbitrary: route(
      ['GET', 'POST'],
      name.map((stream) => `/v1/streams/${stream}/records`),
    ),
  },
  route(
    ['GET'],
    name.map((stream) => `/v1/streams/${stream}/records/tail`),
  ),
  route(
    ['GET', 'PUT', 'PATCH', 'DELETE'],
    name.map((stream) => `/v1/streams/${stream}`),
  ),
  route(
    ['GET', 'PUT', 'PATCH', 'DELETE'],
    name.map((basin) => `/v1/basins/${basin}`),
  ),
  route(['GET', 'POST'], fc.constantFrom('/v1/basins', '/v1/streams', '/v1/access-tokens')),
  route(
    ['DELETE'],
    name.map((id) => `/v1/access-tokens/${id}`),
  ),
  route(
    ['GET'],
    fc.tuple(name, name).map(([basin, stream]) => `/v1/metrics/${basin}/${stream}`),
  ),
  route(['GET', 'PUT'], fc.constantFrom('/v1/locations/default', '/v1/locations', '/v1/metrics')),
  route(
    ['GET'],
    line.map((text) => `/${text.replaceAll(' ', '')}`),
  ),
)

const number = fc.oneof(
  fc.constantFrom('0', '1', '-1', '', '+1', '%2B1', '1.5', '1e9', '0x1', ' 1', 'NaN', '18446744073709551615'),
  fc.bigInt({ min: 0n, max: 2n ** 70n }).map(String),
  line.map(encodeURIComponent),
)

const parameter = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('seq_num', 'timestamp', 'tail_offset', 'count', 'bytes', 'until', 'limit', 'start'),
      number,
    )
    .map(([key, value]) => `${key}=${value}`),
  fc
    .tuple(
      fc.constantFrom('clamp', 'prefix', 'start_after', 'set', 'interval', 'wait', 'x'),
      fc.constantFrom('true', 'TRUE', '', '%FF', '%', 'a', 'storage', '-', '1'),
    )
    .map(([key, value]) => `${key}=${value}`),
  fc.constantFrom('', '=', '=&=', '%', '?', 'seq_num'),
)

const query = fc
  .array(parameter, { maxLength: 3 })
  .map((parameters) => (parameters.length === 0 ? '' : `?${parameters.join('&')}`))

const mediaType = fc.constantFrom(
  'application/json',
  'application/protobuf',
  's2s/proto',
  'text/event-stream',
  'text/plain',
  '/',
  '',
  'application/json;',
)

const headers = fc
  .record(
    {
      's2-basin': mostly(BASIN, line),
      'content-type': fc.oneof(mediaType, line),
      accept: fc.oneof(mediaType, line),
      's2-format': fc.oneof(fc.constantFrom('raw', 'base64', 'RAW'), line),
      's2-request-token': line,
      's2-encryption-key': line,
      'last-event-id': fc.oneof(fc.constantFrom('1,2,3', '1,2', '-1,0,0'), line),
      'accept-encoding': fc.oneof(fc.constantFrom('gzip', 'zstd', '*', 'gzip;q=x'), line),
      'content-encoding': mostly('identity', fc.oneof(fc.constantFrom('gzip', 'zstd', 'br'), line)),
    },
    { requiredKeys: ['s2-basin', 'content-type'] },
  )
  .map(withoutUndefined)

const config = fc.anything({
  key: fc.constantFrom(
    'retention_policy',
    'age',
    'infinite',
    'timestamping',
    'mode',
    'delete_on_empty',
    'min_age_secs',
  ),
  values: [fc.constantFrom<unknown>(0, -1, 1.5, 'arrival', 'standard', null, true, {}, [])],
  maxDepth: 3,
})

const jsonBody = fc.oneof(
  fc.record({
    records: fc.anything({ maxDepth: 3 }),
    match_seq_num: fc.anything(),
    fencing_token: fc.anything(),
  }),
  fc.record({
    records: fc.array(fc.record({ body: fc.string(), headers: fc.anything(), timestamp: fc.anything() })),
  }),
  fc.record({ basin: mostly<unknown>(BASIN, fc.anything()), config, location: fc.anything() }),
  fc.record({ stream: mostly<unknown>('a-stream', fc.anything()), config }),
  fc.record({
    default_stream_config: config,
    stream_cipher: fc.anything(),
    create_stream_on_read: fc.anything(),
  }),
  config,
)

const jsonText = jsonBody.map((value) => {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}` : part))
  return Buffer.from(text ?? '')
})

const message = fc
  .array(
    fc.record({
      headers: fc.array(fc.record({ name: bytes(3), value: bytes(6) }), { maxLength: 2 }),
      body: bytes(9),
    }),
    {
      maxLength: 3,
    },
  )
  .map((records) => encodeAppendInput({ records }))

/** A run of frames, some of them whole; a fault anywhere. */
export const frames: fc.Arbitrary<Uint8Array> = fc.oneof(
  bytes(60),
  damaged(
    fc
      .array(fc.tuple(message, fc.constantFrom<Compression>('none', 'gzip', 'zstd')), { maxLength: 4 })
      .map((parts) =>
        Buffer.concat(parts.map(([payload, compression]) => encodeFrame({ payload, compression }))),
      ),
  ),
)

const body: fc.Arbitrary<Uint8Array> = fc.oneof(
  jsonText,
  damaged(jsonText),
  damaged(message),
  frames,
  bytes(200),
  fc
    .constantFrom(
      '',
      '[',
      '[[[['.repeat(20_000),
      '{"records":',
      'null',
      '"\\ud800"',
      '\ufeff{}',
      '9'.repeat(100_000),
    )
    .map((text) => Buffer.from(text)),
)

export const wildRequest: fc.Arbitrary<WildRequest> = fc
  .tuple(routes, query, headers, body)
  .map(([{ method, path }, parameters, given, content]) => ({
    method,
    path: path + parameters,
    headers: given,
    body: content,
  }))

/** The request as HTTP/1.1, with a length that is right, wrong or chunked wrongly; or no HTTP at all. */
export const wildHttp1: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: bytes(200) },
  { weight: 1, arbitrary: line.map((text) => Buffer.from(`${text}\r\n\r\n`, 'latin1')) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        wildRequest,
        fc.constantFrom(
          'right',
          'right',
          'right',
          'right',
          'right',
          'right',
          'short',
          'long',
          'chunked',
          'both',
        ),
      )
      .map(asHttp1),
  },
)

/** The beginning of HTTP/2, and then frames of any type on a few streams, or no frames at all. */
export const wildHttp2Frames: fc.Arbitrary<Uint8Array> = fc
  .oneof(
    bytes(100),
    fc
      .array(fc.tuple(fc.nat(10), fc.nat(255), fc.nat(3), bytes(60)), { maxLength: 4 })
      .map((parts) =>
        Buffer.concat(
          parts.flatMap(([type, flags, stream, payload]) => [
            Buffer.of(0, 0, payload.length, type, flags, 0, 0, 0, stream),
            payload,
          ]),
        ),
      ),
  )
  .map((rest) => Buffer.concat([HTTP2_PREFACE, rest]))

/** With an empty SETTINGS frame. */
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1')

function asHttp1([request, length]: [WildRequest, string]): Uint8Array {
  const lengths: Record<string, readonly string[]> = {
    right: [`content-length: ${request.body.length}`],
    short: [`content-length: ${request.body.length >> 1}`],
    long: [`content-length: ${request.body.length + 9}`],
    chunked: ['transfer-encoding: chunked'],
    both: ['transfer-encoding: chunked', `content-length: ${request.body.length}`],
  }
  const head = [
    `${request.method} ${request.path} HTTP/1.1`,
    'host: localhost',
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...(lengths[length] ?? []),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), request.body])
}

/** One byte changed, or the end cut off. */
function damaged(whole: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(whole, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.boolean())
    .map(([input, at, byte, cut]) => {
      if (input.length === 0) return input
      const place = at % input.length
      if (cut) return input.slice(0, place)
      const copy = Uint8Array.from(input)
      copy[place] = byte
      return copy
    })
}

function withoutUndefined(record: Record<string, string | undefined>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [key, value] of Object.entries(record)) if (value !== undefined) kept[key] = value
  return kept
}
