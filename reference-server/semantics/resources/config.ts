import type { Timestamping, TimestampingMode } from '../append/timestamping.ts'
import type { Cipher } from '../batch/encryption.ts'

/** How long records are kept: an age in seconds, or for ever. One leaf, never merged (CP-CFG-042, CP-CFG-064). */
export type Retention = { readonly age: bigint } | { readonly infinite: true }

/** A layer of stream configuration: `undefined` is "not set here" (CP-CFG-010). */
export interface StreamConfig {
  readonly storageClass: string | undefined
  readonly retention: Retention | undefined
  readonly timestampingMode: TimestampingMode | undefined
  readonly timestampingUncapped: boolean | undefined
  /** Seconds; 0 is an explicit "never" (CP-CFG-009). */
  readonly deleteOnEmptyMinAge: bigint | undefined
}

/** What is in force on a stream: every leaf is set (CP-STR-050). */
export interface ResolvedStreamConfig {
  /** Of no effect (CP-CFG-085). */
  readonly storageClass: string
  readonly retention: Retention
  readonly timestampingMode: TimestampingMode
  readonly timestampingUncapped: boolean
  readonly deleteOnEmptyMinAge: bigint
}

export interface BasinConfig {
  readonly defaultStreamConfig: StreamConfig
  /** Of streams created from now on; `undefined` leaves them unencrypted (CP-CFG-021, CP-CFG-050). */
  readonly streamCipher: Cipher | undefined
  readonly createStreamOnAppend: boolean
  readonly createStreamOnRead: boolean
}

/** Nothing set. */
export const UNSET_STREAM_CONFIG: StreamConfig = {
  storageClass: undefined,
  retention: undefined,
  timestampingMode: undefined,
  timestampingUncapped: undefined,
  deleteOnEmptyMinAge: undefined,
}

/** What a basin has that was created without a config (CP-CFG-020 to CP-CFG-022). */
export const DEFAULT_BASIN_CONFIG: BasinConfig = {
  defaultStreamConfig: UNSET_STREAM_CONFIG,
  streamCipher: undefined,
  createStreamOnAppend: false,
  createStreamOnRead: false,
}

/** The system's own layer, below request and basin: seven days, `express`, `client-prefer` (CP-CFG-001 to CP-CFG-008). */
export const SYSTEM_STREAM_CONFIG: ResolvedStreamConfig = {
  storageClass: 'express',
  retention: { age: 604_800n },
  timestampingMode: 'client-prefer',
  timestampingUncapped: false,
  deleteOnEmptyMinAge: 0n,
}

/** Each leaf by itself: the request's, else the basin's default, else the system's (CP-CFG-040 to CP-CFG-043). */
export function resolveStreamConfig(
  request: StreamConfig,
  basinDefault: StreamConfig,
  system: ResolvedStreamConfig,
): ResolvedStreamConfig {
  return {
    storageClass: request.storageClass ?? basinDefault.storageClass ?? system.storageClass,
    retention: request.retention ?? basinDefault.retention ?? system.retention,
    timestampingMode: request.timestampingMode ?? basinDefault.timestampingMode ?? system.timestampingMode,
    timestampingUncapped:
      request.timestampingUncapped ?? basinDefault.timestampingUncapped ?? system.timestampingUncapped,
    deleteOnEmptyMinAge:
      request.deleteOnEmptyMinAge ?? basinDefault.deleteOnEmptyMinAge ?? system.deleteOnEmptyMinAge,
  }
}

/** What decides a record's timestamp (CP-CFG-006, CP-CFG-007). */
export const timestampingOf = (config: ResolvedStreamConfig): Timestamping => ({
  mode: config.timestampingMode,
  uncapped: config.timestampingUncapped,
})
