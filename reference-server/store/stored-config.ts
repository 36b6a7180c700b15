import { type JsonObject, type JsonValue, parseJsonBytes, stringifyJson } from '../../proto/json.ts'
import { member, optional, readObject, readText, readU64 } from '../../proto/json-shape.ts'
import type { TimestampingMode } from '../semantics/append/timestamping.ts'
import type { Cipher } from '../semantics/batch/encryption.ts'
import type {
  BasinConfig,
  ResolvedStreamConfig,
  Retention,
  StreamConfig,
} from '../semantics/resources/config.ts'
import type { CreationKey } from '../semantics/resources/provision.ts'
import { utf8 } from './bytes.ts'
import { StoreError } from './store-error.ts'

const MODES: readonly TimestampingMode[] = ['client-prefer', 'client-require', 'arrival']
const CIPHERS: readonly Cipher[] = ['aegis-256', 'aes-256-gcm']

/** As JSON: what is undefined is left out. */
export const encodeJson = (value: object): Uint8Array => utf8(stringifyJson(value))

/** Throws `StoreError` `corrupt` for what `encodeJson` did not write. */
export function decodeJson<Stored>(
  bytes: Uint8Array,
  what: string,
  read: (object: JsonObject) => Stored,
): Stored {
  try {
    return read(readObject(parseJsonBytes(bytes), what))
  } catch (cause) {
    throw new StoreError('corrupt', `the store holds a ${what} that cannot be read`, cause)
  }
}

export function readBasinConfig(config: JsonObject): BasinConfig {
  return {
    defaultStreamConfig: readStreamConfig(readObject(member(config, 'defaultStreamConfig'), 'defaults')),
    streamCipher: readCipher(member(config, 'streamCipher')),
    createStreamOnAppend: readFlag(member(config, 'createStreamOnAppend'), 'createStreamOnAppend'),
    createStreamOnRead: readFlag(member(config, 'createStreamOnRead'), 'createStreamOnRead'),
  }
}

export function readStreamConfig(config: JsonObject): StreamConfig {
  const leaf = <T>(key: keyof StreamConfig, read: (value: JsonValue, what: string) => T): T | undefined =>
    optional(member(config, key), key, read)
  return {
    storageClass: leaf('storageClass', readText),
    retention: leaf('retention', readRetention),
    timestampingMode: leaf('timestampingMode', oneOf(MODES)),
    timestampingUncapped: leaf('timestampingUncapped', readFlag),
    deleteOnEmptyMinAge: leaf('deleteOnEmptyMinAge', readU64),
  }
}

export function readResolvedConfig(config: JsonObject): ResolvedStreamConfig {
  const { storageClass, retention, timestampingMode, timestampingUncapped, deleteOnEmptyMinAge } =
    readStreamConfig(config)
  if (
    storageClass === undefined ||
    retention === undefined ||
    timestampingMode === undefined ||
    timestampingUncapped === undefined ||
    deleteOnEmptyMinAge === undefined
  ) {
    throw new StoreError('corrupt', 'the configuration of a stream lacks a leaf')
  }
  return { storageClass, retention, timestampingMode, timestampingUncapped, deleteOnEmptyMinAge }
}

export const readCipher = (value: JsonValue | undefined): Cipher | undefined =>
  optional(value, 'cipher', oneOf(CIPHERS))

export const readCreationKey = (value: JsonValue | undefined): CreationKey | undefined =>
  optional(value, 'creationKey', (object, what) => ({
    requestToken: readText(member(readObject(object, what), 'requestToken'), what),
    config: readText(member(readObject(object, what), 'config'), what),
  }))

function readRetention(value: JsonValue, what: string): Retention {
  const retention = readObject(value, what)
  return member(retention, 'infinite') === true
    ? { infinite: true }
    : { age: readU64(member(retention, 'age'), what) }
}

export function readFlag(value: JsonValue | undefined, what: string): boolean {
  if (typeof value === 'boolean') return value
  throw new StoreError('corrupt', `${what} is no boolean`)
}

export function oneOf<Word extends string>(
  words: readonly Word[],
): (value: JsonValue | undefined, what: string) => Word {
  return (value, what) => {
    const word = words.find((known) => known === value)
    if (word === undefined) throw new StoreError('corrupt', `${what} is none of ${words.join(', ')}`)
    return word
  }
}
