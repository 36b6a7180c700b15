import { member, optional, readObject, readText, readU64 } from '../../proto/json-shape.ts'
import type { BasinConfig } from '../semantics/resources/config.ts'
import type { BasinName } from '../semantics/resources/names.ts'
import type { CreationKey } from '../semantics/resources/provision.ts'
import { decodeJson, encodeJson, readBasinConfig, readCreationKey } from './stored-config.ts'

/** What is kept of a basin. Times are Unix milliseconds. */
export interface StoredBasin {
  readonly name: BasinName
  readonly createdAt: bigint
  readonly deletedAt: bigint | undefined
  /** Where it is; undefined if it was made where there are no places. */
  readonly location: string | undefined
  readonly config: BasinConfig
  readonly creationKey: CreationKey | undefined
}

export const encodeBasin = (basin: StoredBasin): Uint8Array => encodeJson(basin)

/** The name was parsed before it was stored. */
export const decodeBasin = (bytes: Uint8Array): StoredBasin =>
  decodeJson(bytes, 'basin', (basin) => ({
    name: readText(member(basin, 'name'), 'name') as BasinName,
    createdAt: readU64(member(basin, 'createdAt'), 'createdAt'),
    deletedAt: optional(member(basin, 'deletedAt'), 'deletedAt', readU64),
    location: optional(member(basin, 'location'), 'location', readText),
    config: readBasinConfig(readObject(member(basin, 'config'), 'config')),
    creationKey: readCreationKey(member(basin, 'creationKey')),
  }))
