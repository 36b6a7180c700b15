import { decodeBase64, encodeBase64 } from '../../../proto/base64.ts'
import { type JsonObject, type JsonValue, parseJsonBytes, stringifyJson } from '../../../proto/json.ts'
import {
  isList,
  member,
  optional,
  readList,
  readObject,
  readText,
  readU64,
} from '../../../proto/json-shape.ts'
import type { Format, ReadEnd, ReadStart } from '../../../proto/types.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { TimestampingMode } from '../../../reference-server/semantics/append/timestamping.ts'
import type { AppendRequest, PlaygroundRequest, ReadRequest, Step, TextRecord } from './request.ts'

/** A link that is not a sequence; the message is for the reader of the page. */
export class LinkError extends Error {
  override readonly name: string = 'LinkError'
}

/** The limits of a sequence, which bound the time and memory of a hostile link. */
export const MAX_STEPS: number = 100
export const MAX_RECORDS: number = 2000
export const MAX_LINK_CHARACTERS: number = 65_536
/** Milliseconds between two steps: a day. */
export const MAX_PAUSE: bigint = 86_400_000n

const PREFIX = '#sequence='
const VERSION = '1.'

/** Returns the fragment of a link that holds these steps. */
export function encodeLink(steps: readonly Step[]): string {
  const json = new TextEncoder().encode(stringifyJson(steps.map(stepToJson)))
  const text = encodeBase64(json).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return `${PREFIX}${VERSION}${text}`
}

/** Returns the steps in a fragment; undefined for a fragment that is no sequence, such as an anchor. Throws `LinkError`. */
export function decodeLink(fragment: string): readonly Step[] | undefined {
  if (!fragment.startsWith(PREFIX)) return undefined
  if (fragment.length > MAX_LINK_CHARACTERS) {
    throw new LinkError(`the link has more than ${MAX_LINK_CHARACTERS} characters`)
  }
  const text = fragment.slice(PREFIX.length)
  if (!text.startsWith(VERSION))
    throw new LinkError('the link was not made by this version of the playground')
  const bytes = fromBase64Url(text.slice(VERSION.length))
  if (bytes === undefined) throw new LinkError('the link is damaged: a part is missing or was changed')
  try {
    return checkSize(readList(parseJsonBytes(bytes), 'the sequence').map(readStep))
  } catch (error) {
    if (error instanceof WireError) throw new LinkError(error.message, { cause: error })
    throw error
  }
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=')
  return decodeBase64(padded.replaceAll('-', '+').replaceAll('_', '/'))
}

/** Throws `LinkError` for a sequence that is too long. */
export function checkSize(steps: readonly Step[]): readonly Step[] {
  if (steps.length > MAX_STEPS) throw new LinkError(`a sequence has at most ${MAX_STEPS} steps`)
  const records = steps.reduce(
    (sum, { request }) => sum + (request.kind === 'append' ? request.records.length : 0),
    0,
  )
  if (records > MAX_RECORDS) throw new LinkError(`a sequence appends at most ${MAX_RECORDS} records`)
  return steps
}

const stepToJson = ({ after, request }: Step): object => ({ after, [request.kind]: requestToJson(request) })

function requestToJson(request: PlaygroundRequest): object {
  switch (request.kind) {
    case 'append': {
      const { format, records, matchSeqNum, fencingToken } = request
      return { format, records, match_seq_num: matchSeqNum, fencing_token: fencingToken }
    }
    case 'read': {
      const { format, start, end } = request
      return { format, ...start, ...end }
    }
    case 'tail':
      return {}
    case 'configure':
      return { mode: request.mode, uncapped: request.uncapped }
  }
}

type Reader = (object: JsonObject, what: string) => PlaygroundRequest

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['append', readAppend],
  ['read', readRead],
  ['tail', () => ({ kind: 'tail' })],
  ['configure', readConfigure],
])

function readStep(value: JsonValue, index: number): Step {
  const what = `step ${index + 1}`
  const object = readObject(value, what)
  const after = readU64(member(object, 'after', what), `${what}.after`)
  if (after > MAX_PAUSE) throw new LinkError(`${what} comes more than a day after the one before`)
  const [kind, ...others] = [...READERS.keys()].filter((key) => Object.hasOwn(object, key))
  const read = kind === undefined ? undefined : READERS.get(kind)
  if (kind === undefined || read === undefined || others.length > 0) {
    throw new LinkError(`${what} must be exactly one of: ${[...READERS.keys()].join(', ')}`)
  }
  return {
    after,
    request: read(readObject(member(object, kind, what), `${what}.${kind}`), `${what}.${kind}`),
  }
}

function readAppend(object: JsonObject, what: string): AppendRequest {
  const matchSeqNum = optional(member(object, 'match_seq_num', what), `${what}.match_seq_num`, readU64)
  const fencingToken = optional(member(object, 'fencing_token', what), `${what}.fencing_token`, readText)
  const records = readList(member(object, 'records', what), `${what}.records`)
  return {
    kind: 'append',
    format: readFormat(object, what),
    records: records.map((record, index) => readRecord(record, `${what}.records[${index}]`)),
    ...(matchSeqNum !== undefined && { matchSeqNum }),
    ...(fencingToken !== undefined && { fencingToken }),
  }
}

function readRecord(value: JsonValue, what: string): TextRecord {
  const object = readObject(value, what)
  const timestamp = optional(member(object, 'timestamp', what), `${what}.timestamp`, readU64)
  return {
    ...(timestamp !== undefined && { timestamp }),
    headers: readList(member(object, 'headers', what), `${what}.headers`).map((header) =>
      readPair(header, what),
    ),
    body: readText(member(object, 'body', what), `${what}.body`),
  }
}

function readPair(value: JsonValue, what: string): readonly [string, string] {
  const [name, text, ...others] = isList(value) ? value : []
  if (typeof name === 'string' && typeof text === 'string' && others.length === 0) return [name, text]
  throw new LinkError(`${what}.headers must be pairs of two strings`)
}

function readRead(object: JsonObject, what: string): ReadRequest {
  const u64 = (key: string) => optional(member(object, key, what), `${what}.${key}`, readU64)
  const [seqNum, timestamp, tailOffset] = [u64('seqNum'), u64('timestamp'), u64('tailOffset')]
  const clamp = optional(member(object, 'clamp', what), `${what}.clamp`, readFlag)
  const [count, bytes, until, wait] = [u64('count'), u64('bytes'), u64('until'), u64('wait')]
  if (wait !== undefined && wait > 0xffff_ffffn) throw new LinkError(`${what}.wait must be at most 2^32 - 1`)
  const start: ReadStart = {
    ...(seqNum !== undefined && { seqNum }),
    ...(timestamp !== undefined && { timestamp }),
    ...(tailOffset !== undefined && { tailOffset }),
    ...(clamp !== undefined && { clamp }),
  }
  const end: ReadEnd = {
    ...(count !== undefined && { count }),
    ...(bytes !== undefined && { bytes }),
    ...(until !== undefined && { until }),
    ...(wait !== undefined && { wait: Number(wait) }),
  }
  return { kind: 'read', format: readFormat(object, what), start, end }
}

function readConfigure(object: JsonObject, what: string): PlaygroundRequest {
  const mode = readChoice<TimestampingMode>(object, 'mode', what, [
    'client-prefer',
    'client-require',
    'arrival',
  ])
  return { kind: 'configure', mode, uncapped: readFlag(member(object, 'uncapped', what), `${what}.uncapped`) }
}

const readFormat = (object: JsonObject, what: string): Format =>
  readChoice<Format>(object, 'format', what, ['raw', 'base64'])

function readChoice<Choice extends string>(
  object: JsonObject,
  key: string,
  what: string,
  choices: readonly Choice[],
): Choice {
  const text = readText(member(object, key, what), `${what}.${key}`)
  const choice = choices.find((candidate) => candidate === text)
  if (choice === undefined) throw new LinkError(`${what}.${key} must be one of: ${choices.join(', ')}`)
  return choice
}

function readFlag(value: JsonValue | undefined, what: string): boolean {
  if (typeof value === 'boolean') return value
  throw new LinkError(`${what} must be true or false`)
}
