import type { BasinInfo, StreamInfo } from '../../backend/backend.ts'
import type { Page } from '../../semantics/access/listing.ts'
import type { BasinConfig, Retention, StreamConfig } from '../../semantics/resources/config.ts'

/* Answers of the control plane, as values for `stringifyJson`. */

/** `state` is the older way to say `deleted_at` (CP-BAS-020 to CP-BAS-022). */
export function basinInfoToJson({ name, createdAt, deletedAt, location }: BasinInfo): object {
  return {
    name,
    location: location ?? null,
    created_at: instant(createdAt),
    deleted_at: deletedAt === undefined ? null : instant(deletedAt),
    state: deletedAt === undefined ? 'active' : 'deleting',
  }
}

/** CP-STR-015. */
export function streamInfoToJson({ name, createdAt, deletedAt, cipher }: StreamInfo): object {
  return {
    name,
    created_at: instant(createdAt),
    deleted_at: deletedAt === undefined ? null : instant(deletedAt),
    cipher: cipher ?? null,
  }
}

/** CP-BAS-010. */
export function basinPageToJson({ items, hasMore }: Page<BasinInfo>): object {
  return { basins: items.map(basinInfoToJson), has_more: hasMore }
}

/** CP-STR-010. */
export function streamPageToJson({ items, hasMore }: Page<StreamInfo>): object {
  return { streams: items.map(streamInfoToJson), has_more: hasMore }
}

/** All four keys, and null for what is not set (CP-CFG-030). */
export function basinConfigToJson(config: BasinConfig): object {
  const defaults = config.defaultStreamConfig
  const isUnset = Object.values(defaults).every((leaf) => leaf === undefined)
  return {
    default_stream_config: isUnset ? null : streamConfigToJson(defaults),
    stream_cipher: config.streamCipher ?? null,
    create_stream_on_append: config.createStreamOnAppend,
    create_stream_on_read: config.createStreamOnRead,
  }
}

/** A resolved config is all concrete (CP-STR-050); an object is null if none of its leaves is set (CP-CFG-030). */
export function streamConfigToJson(config: StreamConfig): object {
  const { storageClass, retention, timestampingMode, timestampingUncapped, deleteOnEmptyMinAge } = config
  return {
    storage_class: storageClass ?? null,
    retention_policy: retention === undefined ? null : retentionToJson(retention),
    timestamping:
      timestampingMode === undefined && timestampingUncapped === undefined
        ? null
        : { mode: timestampingMode ?? null, uncapped: timestampingUncapped ?? null },
    delete_on_empty: deleteOnEmptyMinAge === undefined ? null : { min_age_secs: deleteOnEmptyMinAge },
  }
}

function retentionToJson(retention: Retention): object {
  return 'infinite' in retention ? { infinite: {} } : { age: retention.age }
}

/** RFC 3339 in UTC (CP-RT-044). */
const instant = (unixMilliseconds: bigint): string => new Date(Number(unixMilliseconds)).toISOString()
