import type { JsonObject } from '../../proto/json.ts'
import { member, optional, readObject, readText, readU64 } from '../../proto/json-shape.ts'
import type { Cipher } from '../semantics/batch/encryption.ts'
import type { ResolvedStreamConfig } from '../semantics/resources/config.ts'
import type { BasinName, StreamName } from '../semantics/resources/names.ts'
import type { CreationKey } from '../semantics/resources/provision.ts'
import type { Armed } from '../semantics/retention/delete-on-empty.ts'
import type { StreamId } from './keys.ts'
import { decodeJson, encodeJson, readCipher, readCreationKey, readResolvedConfig } from './stored-config.ts'

/** What is kept of a stream beside its state and records. Times are Unix milliseconds. */
export interface StoredStream {
  readonly id: StreamId
  readonly basin: BasinName
  readonly name: StreamName
  readonly createdAt: bigint
  readonly deletedAt: bigint | undefined
  readonly cipher: Cipher | undefined
  readonly config: ResolvedStreamConfig
  readonly armed: Armed
  readonly creationKey: CreationKey | undefined
}

export const encodeStream = (stream: StoredStream): Uint8Array => encodeJson(stream)

/** The names were parsed before they were stored. */
export const decodeStream = (bytes: Uint8Array): StoredStream =>
  decodeJson(bytes, 'stream', (stream) => ({
    id: readU64(member(stream, 'id'), 'id'),
    basin: readText(member(stream, 'basin'), 'basin') as BasinName,
    name: readText(member(stream, 'name'), 'name') as StreamName,
    createdAt: readU64(member(stream, 'createdAt'), 'createdAt'),
    deletedAt: optional(member(stream, 'deletedAt'), 'deletedAt', readU64),
    cipher: readCipher(member(stream, 'cipher')),
    config: readResolvedConfig(readObject(member(stream, 'config'), 'config')),
    armed: readArmed(readObject(member(stream, 'armed'), 'armed')),
    creationKey: readCreationKey(member(stream, 'creationKey')),
  }))

const readArmed = (armed: JsonObject): Armed => ({
  at: readU64(member(armed, 'at'), 'at'),
  tail: readU64(member(armed, 'tail'), 'tail'),
})
