import { HEADERS } from '../proto/http.ts'
import type { ApiRequest } from './api-request.ts'

/** The run was told to use a basin that is there: it may make streams in it, and nothing else but them is its own. */
export interface OnlyBasin {
  readonly name: string
  /** Of the names of the streams that the run makes. */
  readonly prefix: string
}

/** Why a request must not be sent with `--basin`; undefined where it changes nothing but streams of the run. */
export function whyNotSent({ name, prefix }: OnlyBasin, request: ApiRequest): string | undefined {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return undefined
  const path = request.path.replace(/\?.*$/s, '')
  const basin = request.headers?.[HEADERS.basin] ?? request.basin
  if (basin === undefined) {
    return /^\/basins(\/|$)/.test(path) ? 'it would make or change a basin' : undefined
  }
  if (basin !== name) return `it would change another basin than ${name}`
  return streamsOf(path, request.body).every((stream) => stream.startsWith(prefix))
    ? undefined
    : 'it would change a stream that the run did not make'
}

/** The streams that a request names; what cannot be read may name any. */
function streamsOf(path: string, body: Uint8Array | undefined): readonly string[] {
  const [, segment] = /^\/streams\/([^/]*)/.exec(path) ?? []
  try {
    if (segment !== undefined) return [decodeURIComponent(segment)]
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    const stream = typeof json === 'object' && json !== null && 'stream' in json ? json.stream : undefined
    return [typeof stream === 'string' ? stream : UNKNOWN]
  } catch {
    return [UNKNOWN]
  }
}

const UNKNOWN = ''
