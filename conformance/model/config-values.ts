import type { BasinConfigBody, StreamConfigBody } from '../../client/config-bodies.ts'
import type { TimestampingMode } from '../../reference-server/semantics/append/timestamping.ts'
import {
  type BasinConfig,
  DEFAULT_BASIN_CONFIG,
  type Retention,
  type StreamConfig,
} from '../../reference-server/semantics/resources/config.ts'
import type {
  BasinConfigPatch,
  Patch,
  StreamConfigPatch,
} from '../../reference-server/semantics/resources/config-patch.ts'
import type { StepBasinConfig, StepConfig } from './step.ts'

/** What a configuration in JSON sets: absent and `null` set nothing, an empty `delete_on_empty` an explicit 0 (CP-CFG-010). */
export function configOf(body: StreamConfigBody | StepConfig | null | undefined): StreamConfig {
  const { storage_class, retention_policy, timestamping, delete_on_empty } = body ?? {}
  return {
    storageClass: storage_class ?? undefined,
    retention: retention_policy == null ? undefined : retentionOf(retention_policy),
    timestampingMode: modeOf(timestamping?.mode) ?? undefined,
    timestampingUncapped: timestamping?.uncapped ?? undefined,
    deleteOnEmptyMinAge: delete_on_empty == null ? undefined : BigInt(delete_on_empty.min_age_secs ?? 0),
  }
}

/** What a PATCH in JSON does to each leaf: a nested `null` clears all of its leaves, `{}` none (CP-CFG-061 to CP-CFG-063). */
export function patchOf(body: StepConfig): StreamConfigPatch {
  const { storage_class, retention_policy, timestamping, delete_on_empty } = body
  const age = nested(delete_on_empty, ({ min_age_secs }) => min_age_secs)
  return {
    storageClass: storage_class,
    retention: retention_policy == null ? retention_policy : retentionOf(retention_policy),
    timestampingMode: modeOf(nested(timestamping, ({ mode }) => mode)),
    timestampingUncapped: nested(timestamping, ({ uncapped }) => uncapped),
    deleteOnEmptyMinAge: typeof age === 'number' ? BigInt(age) : age,
  }
}

export const basinConfigOf = (body: BasinConfigBody | StepBasinConfig): BasinConfig => ({
  ...DEFAULT_BASIN_CONFIG,
  defaultStreamConfig: configOf(body.default_stream_config),
  createStreamOnAppend: body.create_stream_on_append ?? false,
  createStreamOnRead: body.create_stream_on_read ?? false,
})

export const basinPatchOf = (body: StepBasinConfig): BasinConfigPatch => ({
  defaultStreamConfig:
    body.default_stream_config === null ? CLEARED : patchOf(body.default_stream_config ?? {}),
  streamCipher: undefined,
  createStreamOnAppend: body.create_stream_on_append,
  createStreamOnRead: body.create_stream_on_read,
})

const CLEARED: StreamConfigPatch = {
  storageClass: null,
  retention: null,
  timestampingMode: null,
  timestampingUncapped: null,
  deleteOnEmptyMinAge: null,
}

function nested<Outer, Value>(
  outer: Outer | null | undefined,
  leaf: (outer: Outer) => Patch<Value>,
): Patch<Value> {
  if (outer === null) return null
  return outer === undefined ? undefined : leaf(outer)
}

function retentionOf(policy: { readonly age: bigint | number } | { readonly infinite: object }): Retention {
  return 'infinite' in policy ? { infinite: true } : { age: BigInt(policy.age) }
}

function modeOf(mode: string | null | undefined): Patch<TimestampingMode> {
  if (mode === undefined || mode === null) return mode
  if (mode === 'client-prefer' || mode === 'client-require' || mode === 'arrival') return mode
  throw new RangeError(`${mode} is no mode of timestamping`)
}
