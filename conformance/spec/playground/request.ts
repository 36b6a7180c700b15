import { stringifyJson } from '../../../proto/json.ts'
import type { Format, ReadEnd, ReadStart, SeqNum, Timestamp } from '../../../proto/types.ts'
import type { TimestampingMode } from '../../../reference-server/semantics/append/timestamping.ts'

/** A request, and the milliseconds between it and the request before. */
export interface Step {
  readonly after: bigint
  readonly request: PlaygroundRequest
}

export type PlaygroundRequest = AppendRequest | ReadRequest | TailRequest | ConfigureRequest

/** Texts stand here as in the JSON body: base64 where the format is `base64`. */
export interface AppendRequest {
  readonly kind: 'append'
  readonly format: Format
  readonly records: readonly TextRecord[]
  readonly matchSeqNum?: SeqNum
  readonly fencingToken?: string
}

export interface TextRecord {
  readonly timestamp?: Timestamp
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export interface ReadRequest {
  readonly kind: 'read'
  readonly format: Format
  readonly start: ReadStart
  readonly end: ReadEnd
}

export interface TailRequest {
  readonly kind: 'tail'
}

export interface ConfigureRequest {
  readonly kind: 'configure'
  readonly mode: TimestampingMode
  readonly uncapped: boolean
}

/** A request as it is sent. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** The names of the basin and of the stream. */
export const BASIN = 'playground'
export const STREAM = 'demo'

const PATH = `/v1/streams/${STREAM}`
const HEADERS = { 's2-basin': BASIN }
const JSON_HEADERS = { ...HEADERS, 'content-type': 'application/json' }

/** Returns the request as HTTP sends it. */
export function toHttp(request: PlaygroundRequest): HttpRequest {
  switch (request.kind) {
    case 'append':
      return {
        method: 'POST',
        path: `${PATH}/records`,
        headers: { ...JSON_HEADERS, ...formatHeader(request.format) },
        body: appendBody(request),
      }
    case 'read':
      return {
        method: 'GET',
        path: `${PATH}/records${queryOf({ ...startQuery(request.start), ...endQuery(request.end) })}`,
        headers: { ...HEADERS, ...formatHeader(request.format) },
      }
    case 'tail':
      return { method: 'GET', path: `${PATH}/records/tail`, headers: HEADERS }
    case 'configure': {
      const { mode, uncapped } = request
      return {
        method: 'PATCH',
        path: PATH,
        headers: JSON_HEADERS,
        body: stringifyJson({ timestamping: { mode, uncapped } }),
      }
    }
  }
}

/** Raw is the default. */
const formatHeader = (format: Format): Readonly<Record<string, string>> =>
  format === 'base64' ? { 's2-format': 'base64' } : {}

/** The JSON body of an append, without what is absent or empty. */
export const appendBody = ({ records, matchSeqNum, fencingToken }: AppendRequest): string =>
  stringifyJson({
    records: records.map(({ timestamp, headers, body }) => ({
      timestamp,
      ...(headers.length > 0 && { headers }),
      ...(body !== '' && { body }),
    })),
    match_seq_num: matchSeqNum,
    fencing_token: fencingToken,
  })

type Parameters = Readonly<Record<string, bigint | number | boolean | undefined>>

const startQuery = ({ seqNum, timestamp, tailOffset, clamp }: ReadStart): Parameters => ({
  seq_num: seqNum,
  timestamp,
  tail_offset: tailOffset,
  clamp,
})

const endQuery = ({ count, bytes, until, wait }: ReadEnd): Parameters => ({ count, bytes, until, wait })

function queryOf(parameters: Parameters): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value}`).join('&')}`
}
