import type { CallRequest } from '../../../conformance/spec/calls/operations.ts'
import { decompressSync } from '../../../proto/compression.ts'
import { FrameDecoder } from '../../../proto/frames.ts'
import { parseJson, stringifyJson } from '../../../proto/json.ts'
import { decodeAppendInput } from '../../../proto/messages.ts'
import type { AppendInput } from '../../../proto/types.ts'

/** A request as a client sent it. */
export interface SentRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** How a request was encoded: JSON, protobuf or S2S frames. */
export type Encoding = 'json' | 'protobuf' | 's2s'

/** A request as values, and how they were sent. */
export interface DecodedRequest {
  readonly request: CallRequest
  readonly encoding: Encoding
  /** Parameters and members that only repeat a default; the request does not have them. */
  readonly defaults: readonly string[]
  /** Names of the headers of S2 that the request does not have either. */
  readonly headers: readonly string[]
}

/** Headers of S2 that change what a request means or how its answer looks. */
const NAMED_HEADERS = ['s2-format', 's2-request-token', 's2-stream-config', 'content-encoding'] as const

/** Decodes a request, so that it can be compared with the one that a page shows. Throws for a body that is malformed. */
export function decodeRequest(sent: SentRequest): DecodedRequest {
  const { method, headers } = sent
  const url = new URL(sent.path, 'http://server')
  const encoding = encodingOf(sent)
  const defaults: string[] = []
  const body = withoutDefaults(bodyOf(sent, encoding), BODY_DEFAULTS, defaults)
  const query = withoutDefaults(Object.fromEntries(url.searchParams), QUERY_DEFAULTS, defaults)
  const session =
    encoding !== 's2s' ? {} : { session: method === 'POST' ? ('append' as const) : ('read' as const) }
  const basin = headers['s2-basin']
  const key = headers['s2-encryption-key']
  return {
    encoding,
    defaults,
    headers: NAMED_HEADERS.filter((name) => headers[name] !== undefined),
    request: {
      method: methodOf(method),
      path: decodeURIComponent(url.pathname),
      ...(Object.keys(query).length > 0 && { query }),
      ...(basin !== undefined && { basin }),
      ...(key !== undefined && { key }),
      ...(body !== undefined && { body }),
      ...session,
    },
  }
}

type Defaults = Readonly<Record<string, unknown>>

/** With these values, a request means the same as without them. */
const QUERY_DEFAULTS: Defaults = { prefix: '', start_after: '' }
const BODY_DEFAULTS: Defaults = {
  create_stream_on_append: false,
  create_stream_on_read: false,
  auto_prefix_streams: false,
}

/** A copy without members that are null, an empty object or a default; `found` gets the defaults. */
function withoutDefaults<T>(value: T, known: Defaults, found: string[]): T
function withoutDefaults(value: unknown, known: Defaults, found: string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutDefaults(item, known, found))
  if (typeof value !== 'object' || value === null) return value
  const members: [string, unknown][] = []
  for (const [name, given] of Object.entries(value)) {
    const member = withoutDefaults(given, known, found)
    if (name in known && known[name] === member) found.push(`${name}=${JSON.stringify(member)}`)
    else if (!isEmpty(member)) members.push([name, member])
  }
  return Object.fromEntries(members)
}

function methodOf(method: string): CallRequest['method'] {
  const known = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((one) => one === method)
  if (known === undefined) throw new Error(`no request of S2 has the method ${method}`)
  return known
}

function encodingOf({ headers }: SentRequest): Encoding {
  const types = `${headers['content-type'] ?? ''} ${headers.accept ?? ''}`
  if (types.includes('s2s/')) return 's2s'
  return types.includes('protobuf') ? 'protobuf' : 'json'
}

function bodyOf({ headers, body: sent }: SentRequest, encoding: Encoding): unknown {
  if (sent.length === 0) return undefined
  if (encoding === 's2s') return framesOf(sent)
  const body = plain(sent, headers['content-encoding'])
  if (headers['content-type']?.includes('protobuf') === true) return jsonOf(decodeAppendInput(body))
  return JSON.parse(stringifyJson(parseJson(Buffer.from(body).toString('utf8'))))
}

function plain(body: Uint8Array, contentEncoding: string | undefined): Uint8Array {
  if (contentEncoding === undefined) return body
  if (contentEncoding !== 'gzip' && contentEncoding !== 'zstd')
    throw new Error(`unknown coding ${contentEncoding}`)
  return decompressSync({ payload: body, compression: contentEncoding })
}

const framesOf = (bytes: Uint8Array): readonly unknown[] =>
  [...new FrameDecoder().push(bytes)].map((frame) => {
    if (frame.kind === 'terminal') throw new Error('a client sent a terminal frame')
    return jsonOf(decodeAppendInput(decompressSync(frame)))
  })

/** A batch as the JSON body that means the same. */
function jsonOf({ records, matchSeqNum, fencingToken }: AppendInput): unknown {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
  return {
    records: records.map(({ headers, body, timestamp }) => ({
      ...(headers.length > 0 && { headers: headers.map(({ name, value }) => [text(name), text(value)]) }),
      body: text(body),
      ...(timestamp !== undefined && { timestamp: Number(timestamp) }),
    })),
    ...(matchSeqNum !== undefined && { match_seq_num: Number(matchSeqNum) }),
    ...(fencingToken !== undefined && { fencing_token: fencingToken }),
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0)
