import type { JsonValue } from '../../proto/json.ts'
import { member, optional, readObject, readText, readU64 } from '../../proto/json-shape.ts'
import { WireError } from '../../proto/wire-error.ts'
import {
  oneOf,
  readBoolean,
  readCipher,
  readMode,
  readRetention as retentionInApi,
} from '../http/resources/config-json.ts'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type Retention,
  type StreamConfig,
  UNSET_STREAM_CONFIG,
} from '../semantics/resources/config.ts'
import type { Rules } from '../semantics/rules.ts'
import { parseDuration } from './duration.ts'
import { knownKeys } from './known-keys.ts'

/*
 * Configuration as an init file has it: the keys of the API, but times as people write them, `null` for absent
 * everywhere, and no keys beside these (CP-LITE-040, CP-LITE-041).
 */

/** Whether only the form of an init file is accepted, or also that of the API's bodies: ages in seconds, and as objects. */
export type Form = 'file' | 'any'

export function readBasinConfig(value: JsonValue, what: string, rules: Rules, form: Form): BasinConfig {
  const object = knownKeys(
    readObject(value, what),
    ['default_stream_config', 'stream_cipher', 'create_stream_on_append', 'create_stream_on_read'],
    what,
  )
  const at = <Value>(key: string, read: (value: JsonValue, what: string) => Value): Value | undefined =>
    optional(member(object, key, what), `${what}.${key}`, read)
  return {
    defaultStreamConfig:
      at('default_stream_config', (found, path) => readStreamConfig(found, path, rules, form)) ??
      UNSET_STREAM_CONFIG,
    streamCipher: at('stream_cipher', readCipher),
    createStreamOnAppend:
      at('create_stream_on_append', readBoolean) ?? DEFAULT_BASIN_CONFIG.createStreamOnAppend,
    createStreamOnRead: at('create_stream_on_read', readBoolean) ?? DEFAULT_BASIN_CONFIG.createStreamOnRead,
  }
}

/** Also refused: what the rules do not allow, such as a retention of nothing (CP-LITE-041). */
export function readStreamConfig(value: JsonValue, what: string, rules: Rules, form: Form): StreamConfig {
  const object = knownKeys(
    readObject(value, what),
    ['storage_class', 'retention_policy', 'timestamping', 'delete_on_empty'],
    what,
  )
  const at = <Value>(key: string, read: (value: JsonValue, what: string) => Value): Value | undefined =>
    optional(member(object, key, what), `${what}.${key}`, read)
  const { mode, uncapped } = at('timestamping', readTimestamping) ?? {}
  const config: StreamConfig = {
    storageClass: at('storage_class', oneOf('standard', 'express')),
    retention: at('retention_policy', readRetention(form)),
    timestampingMode: mode,
    timestampingUncapped: uncapped,
    deleteOnEmptyMinAge: at('delete_on_empty', readMinAge(form)),
  }
  const refusal = rules.checkStreamConfig(config, rules.flavor)
  if (refusal?.refusal === 'error') throw new WireError('bad_json', `${what}: ${refusal.message}`)
  return config
}

type TimestampingLeaves = Partial<{
  readonly mode: StreamConfig['timestampingMode']
  readonly uncapped: StreamConfig['timestampingUncapped']
}>

function readTimestamping(value: JsonValue, what: string): TimestampingLeaves {
  const object = knownKeys(readObject(value, what), ['mode', 'uncapped'], what)
  return {
    mode: optional(member(object, 'mode', what), `${what}.mode`, readMode),
    uncapped: optional(member(object, 'uncapped', what), `${what}.uncapped`, readBoolean),
  }
}

/** `infinite`, in any case, or a duration. */
const readRetention =
  (form: Form) =>
  (value: JsonValue, what: string): Retention =>
    form === 'any' && typeof value !== 'string' ? retentionInApi(value, what) : readRetentionText(value, what)

function readRetentionText(value: JsonValue, what: string): Retention {
  const text = readText(value, what)
  return text.toLowerCase() === 'infinite' ? { infinite: true } : { age: readSeconds(text, what) }
}

const readMinAge =
  (form: Form) =>
  (value: JsonValue, what: string): bigint | undefined => {
    const given = readObject(value, what)
    if (form === 'any' && Object.hasOwn(given, 'min_age_secs')) {
      const object = knownKeys(given, ['min_age_secs'], what)
      return readU64(member(object, 'min_age_secs', what), `${what}.min_age_secs`)
    }
    const object = knownKeys(given, ['min_age'], what)
    return optional(member(object, 'min_age', what), `${what}.min_age`, readSeconds)
  }

/**
 * Whole seconds, as configuration has them; the rest is cut off. Less than one, but not nothing, is refused: s2-lite takes
 * it, and cannot read the stream that it has made of it (CP-LITE-043).
 */
function readSeconds(value: JsonValue, what: string): bigint {
  const text = readText(value, what)
  const nanoseconds = parseDuration(text)
  if (nanoseconds === undefined) {
    throw new WireError(
      'bad_json',
      `${what} must be a duration such as 7d, 1week or "2h 30m", not ${JSON.stringify(text)}`,
    )
  }
  const seconds = nanoseconds / 1_000_000_000n
  if (seconds === 0n && nanoseconds > 0n) {
    throw new WireError('bad_json', `${what} must be at least a second, not ${JSON.stringify(text)}`)
  }
  return seconds
}
