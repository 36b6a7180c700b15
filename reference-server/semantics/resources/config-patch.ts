import type { Cipher } from '../batch/encryption.ts'
import type { Refusal } from '../refusal.ts'
import { checkStreamConfig } from './check-config.ts'
import {
  type BasinConfig,
  type ResolvedStreamConfig,
  resolveStreamConfig,
  type StreamConfig,
} from './config.ts'
import type { Flavor } from './flavor.ts'

/** A PATCH of one leaf: `undefined` keeps it, `null` clears it, a value sets it (CP-CFG-060). */
export type Patch<Value> = Value | null | undefined

/** A nested `null` has become a `null` of each of its leaves, an empty object nothing at all (CP-CFG-061 to CP-CFG-063). */
export type StreamConfigPatch = {
  readonly [Leaf in keyof StreamConfig]: Patch<NonNullable<StreamConfig[Leaf]>>
}

export interface BasinConfigPatch {
  readonly defaultStreamConfig: StreamConfigPatch
  readonly streamCipher: Patch<Cipher>
  readonly createStreamOnAppend: boolean | undefined
  readonly createStreamOnRead: boolean | undefined
}

/** What a PATCH sets is judged as in a whole config; what it keeps or clears is not (CP-STR-063, CP-BAS-074). */
export function checkStreamPatch(
  { retention, storageClass }: Pick<StreamConfigPatch, 'retention' | 'storageClass'>,
  flavor: Pick<Flavor, 'storageClasses' | 'freeTier'>,
): Refusal | undefined {
  const set = { retention: retention ?? undefined, storageClass: storageClass ?? undefined }
  return checkStreamConfig(set, flavor)
}

/**
 * A cleared leaf of a stream falls to the basin's present default, then the system's, and is stored concrete (CP-STR-061,
 * CP-CFG-065, CP-CFG-070).
 */
export function patchStream(
  stored: ResolvedStreamConfig,
  patch: StreamConfigPatch,
  basinDefault: StreamConfig,
  system: ResolvedStreamConfig,
): ResolvedStreamConfig {
  return resolveStreamConfig(patchLeaves(stored, patch), basinDefault, system)
}

/** A cleared leaf of a basin becomes unset (CP-CFG-065, CP-CFG-066). */
export function patchBasin(stored: BasinConfig, patch: BasinConfigPatch): BasinConfig {
  return {
    defaultStreamConfig: patchLeaves(stored.defaultStreamConfig, patch.defaultStreamConfig),
    streamCipher: patched(stored.streamCipher, patch.streamCipher),
    createStreamOnAppend: patch.createStreamOnAppend ?? stored.createStreamOnAppend,
    createStreamOnRead: patch.createStreamOnRead ?? stored.createStreamOnRead,
  }
}

function patchLeaves(stored: StreamConfig, patch: StreamConfigPatch): StreamConfig {
  return {
    storageClass: patched(stored.storageClass, patch.storageClass),
    retention: patched(stored.retention, patch.retention),
    timestampingMode: patched(stored.timestampingMode, patch.timestampingMode),
    timestampingUncapped: patched(stored.timestampingUncapped, patch.timestampingUncapped),
    deleteOnEmptyMinAge: patched(stored.deleteOnEmptyMinAge, patch.deleteOnEmptyMinAge),
  }
}

const patched = <Value>(stored: Value | undefined, patch: Patch<Value>): Value | undefined =>
  patch === undefined ? stored : (patch ?? undefined)
