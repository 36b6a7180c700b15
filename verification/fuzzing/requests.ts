import { gzipSync, zstdCompressSync } from 'node:zlib'
import { encodeFrame } from '../../proto/frames.ts'
import { encodeAppendInput } from '../../proto/messages.ts'
import type { AppendRecord } from '../../proto/types.ts'
import { type Chance, damaged } from './chance.ts'

/** A request that HTTP allows; what S2 says to it is another matter. */
export interface WildRequest {
  readonly method: string
  readonly target: string
  /** Without those that frame the body. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** No request deletes or changes it, so that the others get as far as its streams. */
export const BASIN = 'garbage-basin'

export function wildRequest(chance: Chance): WildRequest {
  const [methods, path] = chance.pick(ROUTES)(chance)
  const method = chance.is(0.9) ? chance.pick(methods) : chance.pick(METHODS)
  const headers = wildHeaders(chance, path)
  const isRead = method === 'GET' && path.endsWith('/records')
  return { method, target: path + wildQuery(chance, isRead), headers, body: wildBody(chance, headers) }
}

/** Those that Node's parser knows and that ask for an answer. */
const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'PURGE',
  'LINK',
]

type Route = (chance: Chance) => readonly [methods: readonly string[], path: string]

const RECORDS: Route = (chance) => [['GET', 'POST', 'POST'], `/v1/streams/${wildName(chance)}/records`]

const ROUTES: readonly Route[] = [
  RECORDS,
  RECORDS,
  RECORDS,
  (chance) => [['GET'], `/v1/streams/${wildName(chance)}/records/tail`],
  (chance) => [['GET', 'PUT', 'PATCH', 'DELETE'], `/v1/streams/${wildName(chance)}`],
  (chance) => [['GET', 'PUT', 'PATCH', 'DELETE'], `/v1/basins/${wildName(chance)}`],
  (chance) => [
    ['GET', 'POST'],
    chance.pick(['/v1/basins', '/v1/streams', '/v1/access-tokens', '/v1/locations']),
  ],
  (chance) => [['DELETE'], `/v1/access-tokens/${wildName(chance)}`],
  (chance) => [['GET'], `/v1/metrics/${wildName(chance)}/${wildName(chance)}`],
  (chance) => [
    ['GET', 'PUT'],
    chance.pick(['/v1/locations/default', '/v1/metrics', '/health', '/metrics', '/ping']),
  ],
  (chance) => [['GET'], `/${chance.many(4, () => wildName(chance)).join('/')}`],
]

/** Percent-encoding in every way, right and wrong. */
function wildName(chance: Chance): string {
  const whole = chance.is(0.75) ? chance.pick(NAMES) : chance.many(6, () => piece(chance)).join('')
  return chance.is(0.02) ? whole.repeat(40) : whole
}

const NAMES = [
  'a-stream',
  'a-stream',
  'b-stream',
  'c',
  'other-basin',
  'garbage-basin-1',
  'stream-1',
  'records',
  'tail',
  '.',
  '..',
  '~',
  '~1',
  '',
]

const PIECES = [
  '%2F', '%2f', '%252F', '%00', '%0A', '%7F', '%20', '+', '%', '%%', '%G1', '%4', '%2', '%C3%A9', '%c3%a9', '%C3', '%A9',
  '%C0%AF', '%E0%80%AF', '%ED%A0%80', '%F4%90%80%80', '%F0%9F%98%80', '%FE%FF', '%2E', '%2e%2E', '.', '..', ';a=b', '&',
  '=', '@', ':', '*', "'", '(', '!', '$', ',', '|', '^', '`', '{', '}', '[', ']', '\\', '"', '<', '>',
] as const // biome-ignore format: a list

function piece(chance: Chance): string {
  if (chance.is(0.4)) return chance.pick(PIECES)
  const code = 33 + chance.int(94)
  const letter = '/?#'.includes(String.fromCharCode(code)) ? 'x' : String.fromCharCode(code)
  return chance.is(0.3) ? `%${letter.charCodeAt(0).toString(16)}` : letter
}

function wildQuery(chance: Chance, isRead: boolean): string {
  const parameters = chance.many(
    3,
    () => `${chance.pick(KEYS)}${chance.is(0.9) ? '=' : ''}${chance.pick(VALUES)(chance)}`,
  )
  // A read that may follow would keep its connection.
  const all = isRead ? [...parameters, 'wait=0'] : parameters
  return all.length === 0 ? chance.pick(['', '', '?', '?&&', '?%']) : `?${all.join('&')}`
}

const KEYS = [
  'seq_num', 'timestamp', 'tail_offset', 'count', 'bytes', 'until', 'clamp', 'limit', 'start_after', 'prefix', 'set', 'start',
  'end', 'interval', 'SEQ_NUM', 'seq%5Fnum', '', '%', '__proto__',
] as const // biome-ignore format: a list

const VALUES: readonly ((chance: Chance) => string)[] = [
  (chance) =>
    chance.pick([
      '0',
      '1',
      '-1',
      '',
      '+1',
      '%2B1',
      '1.5',
      '1e9',
      '0x1',
      '%20 1'.replace(' ', ''),
      'NaN',
      'true',
      'false',
    ]),
  (chance) => String(chance.int(2000)),
  () => '18446744073709551615',
  () => '18446744073709551616',
  (chance) => '9'.repeat(chance.int(400)),
  (chance) => wildName(chance),
  (chance) => chance.pick(['account-ops', 'active-basins', 'storage', 'minute', 'hour', 'day']),
]

const MEDIA = [
  'application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/protobuf', 'application/x-protobuf',
  's2s/proto', 'text/event-stream', 'text/plain', '*/*', '/', '', ';', 'application/json;', 'application/json, text/plain',
] as const // biome-ignore format: a list

const HEADERS: readonly ((chance: Chance) => readonly [string, string])[] = [
  (chance) => ['accept', chance.pick(MEDIA)],
  (chance) => ['s2-format', chance.pick(['raw', 'base64', 'RAW', 'json', ''])],
  (chance) => ['s2-request-token', chance.is(0.7) ? wildText(chance, 40) : 'x'.repeat(chance.int(80))],
  (chance) => [
    's2-encryption-key',
    chance.is(0.5) ? Buffer.from(chance.bytes(32)).toString('base64') : wildText(chance, 60),
  ],
  (chance) => [
    's2-stream-config',
    chance.pick(['{}', '{"storage_class":"express"}', '{', wildText(chance, 20)]),
  ],
  (chance) => [
    'last-event-id',
    chance.pick(['1,2,3', '1,2', '-1,0,0', '1,2,3,4', ',,', '18446744073709551615,1,1', wildText(chance, 9)]),
  ],
  (chance) => [
    'accept-encoding',
    chance.pick(['gzip', 'zstd', 'br', '*', 'gzip;q=0', 'gzip;q=x', 'zstd, gzip', '']),
  ],
  (chance) => ['authorization', chance.pick(['Bearer x', 'Bearer', 'Basic eDp5', wildText(chance, 30)])],
  (chance) => [
    'origin',
    chance.pick(['http://localhost:1', 'https://example.com', 'null', wildText(chance, 10)]),
  ],
  (chance) => ['access-control-request-method', chance.pick(['GET', 'POST', 'FLY'])],
  (chance) => ['expect', chance.pick(['100-continue', '100-Continue'])],
  (chance) => ['range', chance.pick(['bytes=0-1', 'bytes=-', wildText(chance, 8)])],
  () => ['te', 'trailers'],
  (chance) => ['cookie', wildText(chance, 30)],
  (chance) => [`x-${chance.int(1000)}`, wildText(chance, 200)],
]

function wildHeaders(chance: Chance, path: string): readonly (readonly [string, string])[] {
  const media = path.endsWith('/records') && chance.is(0.3) ? 's2s/proto' : chance.pick(MEDIA)
  return [
    ...(chance.is(0.9) ? [['s2-basin', chance.is(0.9) ? BASIN : wildText(chance, 20)] as const] : []),
    ...(chance.is(0.9) ? [['content-type', media] as const] : []),
    ...(chance.is(0.2)
      ? [['content-encoding', chance.pick(['identity', 'gzip', 'zstd', 'br', 'gzip, gzip', 'GZIP'])] as const]
      : []),
    ...chance.many(3, () => chance.pick(HEADERS)(chance)),
  ]
}

/** What a field of HTTP may hold, without white space at its ends. */
function wildText(chance: Chance, most: number): string {
  return chance
    .many(most, () => String.fromCharCode(32 + chance.int(95)))
    .join('')
    .trim()
}

function wildBody(chance: Chance, headers: WildRequest['headers']): Uint8Array {
  const named = (name: string) => headers.find(([other]) => other === name)?.[1].toLowerCase() ?? ''
  const type = named('content-type')
  const whole = chance.is(0.1) ? chance.bytes(chance.int(200)) : matching(chance, type)
  const bytes = chance.is(0.3) ? damaged(whole, chance) : whole
  if (named('content-encoding') === 'gzip' && chance.is(0.8)) return gzipSync(bytes)
  return named('content-encoding') === 'zstd' && chance.is(0.8) ? zstdCompressSync(bytes) : bytes
}

function matching(chance: Chance, type: string): Uint8Array {
  if (type.startsWith('s2s')) return wildFrames(chance)
  if (type.includes('protobuf')) return wildMessage(chance)
  return chance.is(0.1) ? new Uint8Array(0) : Buffer.from(wildJson(chance))
}

/** A run of frames, of which some may be wrong. */
export function wildFrames(chance: Chance): Uint8Array {
  const frames = chance.many(5, () => {
    const payload = wildMessage(chance)
    const kind = chance.pick(['none', 'none', 'gzip', 'zstd'] as const)
    const packed = kind === 'gzip' ? gzipSync(payload) : kind === 'zstd' ? zstdCompressSync(payload) : payload
    const frame = encodeFrame({ payload: packed, compression: kind })
    return chance.is(0.1) ? damaged(frame, chance) : frame
  })
  return Buffer.concat(frames)
}

function wildMessage(chance: Chance): Uint8Array {
  const bytes = encodeAppendInput({
    records: chance.many(4, () => wildRecord(chance)),
    ...(chance.is(0.1) && { matchSeqNum: BigInt(chance.int(100)) }),
    ...(chance.is(0.1) && { fencingToken: 'x'.repeat(chance.int(50)) }),
  })
  return chance.is(0.2) ? damaged(bytes, chance) : bytes
}

function wildRecord(chance: Chance): AppendRecord {
  const command = chance.is(0.1)
  const name = command ? new Uint8Array(0) : chance.bytes(chance.int(5))
  const value = command ? Buffer.from(chance.pick(['fence', 'trim', 'fly'])) : chance.bytes(chance.int(9))
  return {
    headers: command ? [{ name, value }] : chance.many(2, () => ({ name, value })),
    body: chance.bytes(chance.int(command ? 10 : 60)),
    ...(chance.is(0.1) && { timestamp: BigInt(chance.int(1e9)) }),
  }
}

/** JSON of the API's shapes, with a wrong value here and there; written by hand, for `stringify` would put it right. */
function wildJson(chance: Chance): string {
  const text = chance.pick(BODIES)(chance)
  return chance.is(0.2) ? Buffer.from(damaged(Buffer.from(text), chance)).toString('latin1') : text
}

const wildValue = (chance: Chance): string => chance.pick(JSON_VALUES)(chance)

const JSON_VALUES: readonly ((chance: Chance) => string)[] = [
  (chance) =>
    chance.pick([
      'null',
      'true',
      'false',
      '0',
      '-0',
      '1.5',
      '1e400',
      '-1',
      '""',
      '[]',
      '{}',
      '18446744073709551616',
    ]),
  (chance) => '9'.repeat(1 + chance.int(50)),
  (chance) => JSON.stringify(wildText(chance, 20)),
  (chance) =>
    chance.pick([
      '"\\ud800"',
      '"\\u0000"',
      '"\\x"',
      '"\\ud83d\\ude00"',
      '{"__proto__":1}',
      '[[[[]]]]',
      '"infinite"',
    ]),
  (chance) => `${'['.repeat(chance.int(200))}`,
]

const maybe = (chance: Chance, right: string): string => (chance.is(0.85) ? right : wildValue(chance))

const config = (chance: Chance): string =>
  `{${chance
    .many(4, () =>
      chance.pick([
        `"storage_class":${maybe(chance, '"express"')}`,
        `"retention_policy":{"age":${maybe(chance, '3600')}}`,
        `"retention_policy":${maybe(chance, '{"infinite":{}}')}`,
        `"timestamping":{"mode":${maybe(chance, '"arrival"')},"uncapped":${maybe(chance, 'true')}}`,
        `"delete_on_empty":{"min_age_secs":${maybe(chance, '60')}}`,
        `"x":${wildValue(chance)}`,
      ]),
    )
    .join(',')}}`

const BODIES: readonly ((chance: Chance) => string)[] = [
  (chance) =>
    `{"records":[${chance.many(4, () => `{"body":${maybe(chance, '"body"')},"headers":[[${maybe(chance, '"a"')},${maybe(chance, '"b"')}]]}`).join(',')}]}`,
  (chance) =>
    `{"records":${maybe(chance, '[{}]')},"match_seq_num":${maybe(chance, '3')},"fencing_token":${maybe(chance, '""')}}`,
  (chance) =>
    `{"basin":${maybe(chance, `"garbage-basin-${chance.int(20)}"`)},"config":${maybe(chance, config(chance))}}`,
  (chance) =>
    `{"stream":${maybe(chance, `"stream-${chance.int(20)}"`)},"config":${maybe(chance, config(chance))}}`,
  (chance) =>
    `{"default_stream_config":${config(chance)},"stream_cipher":${maybe(chance, '"aegis-256"')},"create_stream_on_read":${maybe(chance, 'true')}}`,
  (chance) =>
    `{"id":${maybe(chance, `"token-${chance.int(20)}"`)},"scope":{"basins":${maybe(chance, '{"prefix":"a"}')},"ops":${maybe(chance, '["read"]')}}}`,
  config,
  wildValue,
]
