import type { BasinConfigBody, StreamConfigBody } from '../../../client/config-bodies.ts'

export interface EffectiveStreamConfig {
  readonly storage_class: string
  readonly retention_policy: { readonly age: bigint } | { readonly infinite: object }
  readonly timestamping: { readonly mode: string; readonly uncapped: boolean }
  readonly delete_on_empty: { readonly min_age_secs: bigint }
}

export interface EffectiveBasinConfig {
  readonly default_stream_config: EffectiveStreamConfig
  readonly stream_cipher: string | null
  readonly create_stream_on_append: boolean
  readonly create_stream_on_read: boolean
}

/**
 * What a configuration means: servers may leave out or null what has its default, so these are to be compared. The
 * defaults are those of CP-CFG-001 to CP-CFG-008.
 */
export function effective(config: StreamConfigBody | null | undefined): EffectiveStreamConfig {
  const { storage_class, retention_policy: retention, timestamping, delete_on_empty } = config ?? {}
  return {
    storage_class: storage_class ?? 'express',
    retention_policy:
      retention != null && 'infinite' in retention
        ? { infinite: retention.infinite }
        : { age: BigInt(retention?.age ?? 604_800) },
    timestamping: {
      mode: timestamping?.mode ?? 'client-prefer',
      uncapped: timestamping?.uncapped ?? false,
    },
    delete_on_empty: { min_age_secs: BigInt(delete_on_empty?.min_age_secs ?? 0) },
  }
}

/** As `effective`, for the configuration of a basin (CP-CFG-020 to CP-CFG-022). */
export function effectiveBasin(config: BasinConfigBody): EffectiveBasinConfig {
  return {
    default_stream_config: effective(config.default_stream_config),
    stream_cipher: config.stream_cipher ?? null,
    create_stream_on_append: config.create_stream_on_append ?? false,
    create_stream_on_read: config.create_stream_on_read ?? false,
  }
}
