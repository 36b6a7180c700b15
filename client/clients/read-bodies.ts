import { type JsonObject, type JsonValue, parseJsonBytes } from '../../proto/json.ts'
import { member, optional, readList, readObject, readText, readU64 } from '../../proto/json-shape.ts'
import { WireError } from '../../proto/wire-error.ts'
import type { BasinPage } from '../account-client.ts'
import type { StreamPage } from '../basin-client.ts'
import type { BasinConfigBody, BasinInfoBody, StreamConfigBody, StreamInfoBody } from '../config-bodies.ts'

/*
 * Readers of the control plane's bodies. Keys that are known must have their type, others are passed over; each
 * throws `WireError` 'bad_json'. What the values may be is for the requirements to say.
 */

export const basinInfoFromJson = (body: Uint8Array): BasinInfoBody =>
  readBasinInfo(parseJsonBytes(body), 'basin')

export const streamInfoFromJson = (body: Uint8Array): StreamInfoBody =>
  readStreamInfo(parseJsonBytes(body), 'stream')

export function basinPageFromJson(body: Uint8Array): BasinPage {
  const page = readObject(parseJsonBytes(body), 'the page')
  const basins = readList(member(page, 'basins'), 'basins')
  return {
    basins: basins.map((basin, index) => readBasinInfo(basin, `basins[${index}]`)),
    has_more: readBoolean(member(page, 'has_more'), 'has_more'),
  }
}

export function streamPageFromJson(body: Uint8Array): StreamPage {
  const page = readObject(parseJsonBytes(body), 'the page')
  const streams = readList(member(page, 'streams'), 'streams')
  return {
    streams: streams.map((stream, index) => readStreamInfo(stream, `streams[${index}]`)),
    has_more: readBoolean(member(page, 'has_more'), 'has_more'),
  }
}

export function basinConfigFromJson(body: Uint8Array): BasinConfigBody {
  const config = readObject(parseJsonBytes(body), 'the configuration')
  return present({
    default_stream_config: nullable(config, 'default_stream_config', readStreamConfig),
    stream_cipher: nullable(config, 'stream_cipher', readText),
    create_stream_on_append: optional(
      member(config, 'create_stream_on_append'),
      'create_stream_on_append',
      readBoolean,
    ),
    create_stream_on_read: optional(
      member(config, 'create_stream_on_read'),
      'create_stream_on_read',
      readBoolean,
    ),
  })
}

export const streamConfigFromJson = (body: Uint8Array): StreamConfigBody =>
  readStreamConfig(parseJsonBytes(body), 'the configuration')

function readBasinInfo(value: JsonValue, what: string): BasinInfoBody {
  const info = readObject(value, what)
  return present({
    name: readText(member(info, 'name', what), `${what}.name`),
    created_at: readText(member(info, 'created_at', what), `${what}.created_at`),
    deleted_at: nullable(info, 'deleted_at', readText),
    location: nullable(info, 'location', readText),
    state: optional(member(info, 'state', what), `${what}.state`, readText),
  })
}

function readStreamInfo(value: JsonValue, what: string): StreamInfoBody {
  const info = readObject(value, what)
  return present({
    name: readText(member(info, 'name', what), `${what}.name`),
    created_at: readText(member(info, 'created_at', what), `${what}.created_at`),
    deleted_at: nullable(info, 'deleted_at', readText),
    cipher: nullable(info, 'cipher', readText),
  })
}

function readStreamConfig(value: JsonValue, what: string): StreamConfigBody {
  const config = readObject(value, what)
  return present({
    storage_class: nullable(config, 'storage_class', readText),
    retention_policy: nullable(config, 'retention_policy', readRetention),
    timestamping: nullable(config, 'timestamping', readTimestamping),
    delete_on_empty: nullable(config, 'delete_on_empty', readDeleteOnEmpty),
  })
}

function readRetention(value: JsonValue, what: string): NonNullable<StreamConfigBody['retention_policy']> {
  const policy = readObject(value, what)
  const age = optional(member(policy, 'age', what), `${what}.age`, readU64)
  return age === undefined
    ? { infinite: readObject(member(policy, 'infinite', what), `${what}.infinite`) }
    : { age }
}

function readTimestamping(value: JsonValue, what: string): NonNullable<StreamConfigBody['timestamping']> {
  const timestamping = readObject(value, what)
  return present({
    mode: nullable(timestamping, 'mode', readText),
    uncapped: nullable(timestamping, 'uncapped', readBoolean),
  })
}

function readDeleteOnEmpty(value: JsonValue, what: string): NonNullable<StreamConfigBody['delete_on_empty']> {
  return present({ min_age_secs: nullable(readObject(value, what), 'min_age_secs', readU64) })
}

function readBoolean(value: JsonValue | undefined, what: string): boolean {
  if (typeof value === 'boolean') return value
  throw new WireError('bad_json', `${what} must be true or false`)
}

/** Absent stays absent and null stays null: requirements tell them apart. */
function nullable<T>(
  object: JsonObject,
  key: string,
  read: (value: JsonValue, what: string) => T,
): T | null | undefined {
  const value = member(object, key)
  return value === null || value === undefined ? value : read(value, key)
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> } extends infer P ? P : never

/** Leaves out the members that are undefined. */
function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>
}
