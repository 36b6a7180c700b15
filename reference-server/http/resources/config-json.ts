import type { JsonObject, JsonValue } from '../../../proto/json.ts'
import { member, optional, readObject, readText, readU64 } from '../../../proto/json-shape.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { TimestampingMode } from '../../semantics/append/timestamping.ts'
import type { Cipher } from '../../semantics/batch/encryption.ts'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type Retention,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../../semantics/resources/config.ts'
import type { Flavor } from '../../semantics/resources/flavor.ts'

/*
 * Configuration bodies. Reading throws `WireError` 'bad_json' for a wrong shape (CP-RT-035) and skips unknown keys
 * (CP-RT-037); whether the values are allowed is for the rules to say.
 */

/** CP-CFG-001 to CP-CFG-010: absent and `null` set nothing, but an empty `delete_on_empty` is an explicit 0. */
export function readStreamConfig(value: JsonValue | undefined, what: string): StreamConfig {
  const object = readObject(value, what)
  const timestamping = optional(member(object, 'timestamping', what), `${what}.timestamping`, readObject)
  const deleteOnEmpty = optional(
    member(object, 'delete_on_empty', what),
    `${what}.delete_on_empty`,
    readObject,
  )
  return {
    storageClass: optional(member(object, 'storage_class', what), `${what}.storage_class`, readText),
    retention: optional(member(object, 'retention_policy', what), `${what}.retention_policy`, readRetention),
    timestampingMode:
      timestamping && optional(member(timestamping, 'mode'), `${what}.timestamping.mode`, readMode),
    timestampingUncapped:
      timestamping &&
      optional(member(timestamping, 'uncapped'), `${what}.timestamping.uncapped`, readBoolean),
    deleteOnEmptyMinAge: deleteOnEmpty && readMinAge(deleteOnEmpty, what),
  }
}

/** CP-CFG-020 to CP-CFG-022: the two flags are no nullable. */
export function readBasinConfig(value: JsonValue | undefined, what: string): BasinConfig {
  const object = readObject(value, what)
  const { createStreamOnAppend, createStreamOnRead } = readCreateFlags(object, what)
  return {
    defaultStreamConfig:
      optional(
        member(object, 'default_stream_config', what),
        `${what}.default_stream_config`,
        readStreamConfig,
      ) ?? UNSET_STREAM_CONFIG,
    streamCipher: optional(member(object, 'stream_cipher', what), `${what}.stream_cipher`, readCipher),
    createStreamOnAppend: createStreamOnAppend ?? DEFAULT_BASIN_CONFIG.createStreamOnAppend,
    createStreamOnRead: createStreamOnRead ?? DEFAULT_BASIN_CONFIG.createStreamOnRead,
  }
}

export interface CreateFlags {
  readonly createStreamOnAppend: boolean | undefined
  readonly createStreamOnRead: boolean | undefined
}

/** Absent is undefined, `null` is refused, or in a PATCH of some servers undefined too (CP-CFG-022, CP-CFG-068). */
export function readCreateFlags(
  object: JsonObject,
  what: string,
  onNull: Flavor['nullCreateFlag'] = 'malformed',
): CreateFlags {
  const flag = (key: string): boolean | undefined => {
    const value = member(object, key, what)
    const isAbsent = value === undefined || (value === null && onNull === 'keeps')
    return isAbsent ? undefined : readBoolean(value, `${what}.${key}`)
  }
  return {
    createStreamOnAppend: flag('create_stream_on_append'),
    createStreamOnRead: flag('create_stream_on_read'),
  }
}

export const readMode: Reader<TimestampingMode> = oneOf('client-prefer', 'client-require', 'arrival')
export const readCipher: Reader<Cipher> = oneOf('aegis-256', 'aes-256-gcm')

/** Exactly one of `{"age": seconds}` and `{"infinite": {}}` (CP-CFG-002). */
export function readRetention(value: JsonValue | undefined, what: string): Retention {
  const object = readObject(value, what)
  const [key, ...others] = Object.keys(object)
  if (key === 'age' && others.length === 0)
    return { age: readU64(member(object, 'age', what), `${what}.age`) }
  if (key === 'infinite' && others.length === 0) {
    readObject(member(object, 'infinite', what), `${what}.infinite`)
    return { infinite: true }
  }
  throw new WireError('bad_json', `${what} must have exactly one of the keys age and infinite`)
}

export function readBoolean(value: JsonValue | undefined, what: string): boolean {
  if (typeof value === 'boolean') return value
  throw new WireError('bad_json', `${what} must be true or false`)
}

export type Reader<Value> = (value: JsonValue | undefined, what: string) => Value

export function oneOf<Choice extends string>(...choices: readonly Choice[]): Reader<Choice> {
  return (value, what) => {
    const text = readText(value, what)
    const chosen = choices.find((choice) => choice === text)
    if (chosen === undefined) throw new WireError('bad_json', `${what} must be one of: ${choices.join(', ')}`)
    return chosen
  }
}

/** Absent is 0, `null` is refused (CP-CFG-008, CP-CFG-009). */
function readMinAge(deleteOnEmpty: JsonObject, what: string): bigint {
  const value = member(deleteOnEmpty, 'min_age_secs')
  return value === undefined ? 0n : readU64(value, `${what}.delete_on_empty.min_age_secs`)
}
