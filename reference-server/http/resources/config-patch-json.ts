import type { JsonObject, JsonValue } from '../../../proto/json.ts'
import { member, readObject, readText, readU64 } from '../../../proto/json-shape.ts'
import type { BasinConfigPatch, Patch, StreamConfigPatch } from '../../semantics/resources/config-patch.ts'
import type { Flavor } from '../../semantics/resources/flavor.ts'
import {
  type Reader,
  readBoolean,
  readCipher,
  readCreateFlags,
  readMode,
  readRetention,
} from './config-json.ts'

/*
 * Bodies of PATCH: each leaf is kept, cleared or set (CP-CFG-060). Reading throws `WireError` 'bad_json' for a wrong
 * shape and skips unknown keys.
 */

export function readStreamPatch(value: JsonValue | undefined, what: string): StreamConfigPatch {
  const object = readObject(value, what)
  const timestamping = leaf(object, 'timestamping', what, readObject)
  const deleteOnEmpty = leaf(object, 'delete_on_empty', what, readObject)
  return {
    storageClass: leaf(object, 'storage_class', what, readText),
    retention: leaf(object, 'retention_policy', what, readRetention),
    timestampingMode: nested(timestamping, 'mode', `${what}.timestamping`, readMode),
    timestampingUncapped: nested(timestamping, 'uncapped', `${what}.timestamping`, readBoolean),
    deleteOnEmptyMinAge: nested(deleteOnEmpty, 'min_age_secs', `${what}.delete_on_empty`, readU64),
  }
}

export function readBasinPatch(
  value: JsonValue | undefined,
  what: string,
  { nullCreateFlag }: Flavor,
): BasinConfigPatch {
  const object = readObject(value, what)
  const defaults = leaf(object, 'default_stream_config', what, readStreamPatch)
  return {
    defaultStreamConfig: defaults === null ? CLEAR_ALL : (defaults ?? KEEP_ALL),
    streamCipher: leaf(object, 'stream_cipher', what, readCipher),
    ...readCreateFlags(object, what, nullCreateFlag),
  }
}

/** Nothing is changed (CP-CFG-063). */
const KEEP_ALL: StreamConfigPatch = {
  storageClass: undefined,
  retention: undefined,
  timestampingMode: undefined,
  timestampingUncapped: undefined,
  deleteOnEmptyMinAge: undefined,
}

/** A nested object given as `null` clears all its leaves (CP-CFG-062). */
const CLEAR_ALL: StreamConfigPatch = {
  storageClass: null,
  retention: null,
  timestampingMode: null,
  timestampingUncapped: null,
  deleteOnEmptyMinAge: null,
}

function leaf<Value>(object: JsonObject, key: string, what: string, read: Reader<Value>): Patch<Value> {
  const value = member(object, key, what)
  return value === undefined || value === null ? value : read(value, `${what}.${key}`)
}

function nested<Value>(
  parent: Patch<JsonObject>,
  key: string,
  what: string,
  read: Reader<Value>,
): Patch<Value> {
  return parent === undefined || parent === null ? parent : leaf(parent, key, what, read)
}
