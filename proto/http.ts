import type { Format } from './types.ts'

/** Names of the headers that S2 gives a meaning to, in the lower case that HTTP/2 demands. */
export const HEADERS = {
  basin: 's2-basin',
  format: 's2-format',
  encryptionKey: 's2-encryption-key',
  requestToken: 's2-request-token',
  provisionResult: 's2-provision-result',
  streamConfig: 's2-stream-config',
  retryAfterMs: 'retry-after-ms',
  lastEventId: 'last-event-id',
} as const

/** What stands before every path below, on an endpoint. */
export const API_PREFIX: string = '/v1'

/** What we write; `mediaKind` says what we take. */
export const MEDIA_TYPES = {
  json: 'application/json',
  protobuf: 'application/protobuf',
  s2s: 's2s/proto',
  'event-stream': 'text/event-stream',
} as const

export type MediaKind = keyof typeof MEDIA_TYPES

/**
 * The kind of the first media type in a `Content-Type` or `Accept` value, without regard to parameters, weights and
 * case (RTE-015, RTE-017 to RTE-019). Undefined when there is none, it is none, or it is of no kind that S2 speaks.
 */
export function mediaKind(value: string | undefined): MediaKind | undefined {
  const written = KINDS.get(value ?? '')
  if (written !== undefined) return written
  const [, type, subtype] = MEDIA_TYPE.exec(value?.split(',')[0] ?? '') ?? []
  const essence = `${type}/${subtype}`.toLowerCase()
  if (/^application\/(?:[^+]+\+)*json$/.test(essence)) return 'json'
  return KINDS.get(essence)
}

/** An `s2-format` value: absent is raw (RTE-021), the aliases of s2-lite (RTE-022), undefined for others (RTE-023). */
export function parseFormat(value: string | undefined): Format | undefined {
  return value === undefined ? 'raw' : FORMATS.get(value.trim())
}

/** Paths after `API_PREFIX`. A name is one segment: everything that could end or change it is encoded (RTE-007). */
export function basinPath(basin: string): string {
  return `/basins/${segment(basin)}`
}

export function accessTokenPath(id: string): string {
  return `/access-tokens/${segment(id)}`
}

export function streamPath(stream: string): string {
  return `/streams/${segment(stream)}`
}

/** Append and read (RTE-001). */
export function recordsPath(stream: string): string {
  return `${streamPath(stream)}/records`
}

/** Check tail (RTE-001). */
export function tailPath(stream: string): string {
  return `${recordsPath(stream)}/tail`
}

const MEDIA_TYPE = /^\s*([!#$%&'*+.^_`|~\w-]+)\/([!#$%&'*+.^_`|~\w-]+)\s*(?:;.*)?$/s

const KINDS: ReadonlyMap<string, MediaKind> = new Map<string, MediaKind>([
  ['application/protobuf', 'protobuf'],
  ['application/x-protobuf', 'protobuf'],
  ['s2s/proto', 's2s'],
  ['text/event-stream', 'event-stream'],
])

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['raw', 'raw'],
  ['json', 'raw'],
  ['base64', 'base64'],
  ['json-binsafe', 'base64'],
])

/** Names of dots alone would be taken for steps in the path (RTE-008). Throws `URIError` for a lone surrogate. */
function segment(name: string): string {
  return name === '.' || name === '..' ? name.replaceAll('.', '%2E') : encodeURIComponent(name)
}
