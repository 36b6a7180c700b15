import { type ResolvedStreamConfig, SYSTEM_STREAM_CONFIG } from './config.ts'

/**
 * Where s2-lite and the hosted service differ, and so do the servers of their kind: one field for each difference. All
 * other rules are the same for both. Nobody has seen the hosted service here: HOSTED is what its documents say, and
 * where they are silent it does as s2-lite.
 *
 * Two differences are left out on purpose. LITE has access tokens and metrics and can name locations, where s2-lite answers
 * `not_implemented` (CP-TOK-001, CP-MET-001, CP-LOC-001): a test against it should not need another server. And a read of
 * records that are all trimmed is empty on both, though the documents could be read as 416 (CMD-023). Whether tokens are
 * asked for at all is an option of the server, not part of its flavor.
 */
export interface Flavor {
  /**
   * A basin is in the location that it was created with, or in the default one, and shows it; or there are no places: a
   * location is ignored, and null is shown.
   * (CP-BAS-022, CP-BAS-036, CP-BAS-043, CP-BAS-056, CP-LOC-009)
   */
  readonly placesBasins: boolean
  /** Status of a POST that repeats the creation of a basin (CP-BAS-033). Of a stream it is 201 for both (CP-STR-022). */
  readonly repeatedBasinStatus: 200 | 201
  /** A basin's config while it is being deleted: shown as it last was, or refused as pending (CP-BAS-062). */
  readonly showsDeletingBasin: boolean
  /** What GET and DELETE of a stream miss where there is not even its basin (CP-STR-052, CP-STR-071). */
  readonly missingBasinOfStream: 'stream_not_found' | 'basin_not_found'
  /**
   * The code for a value that is no such value, where it is a listing's parameter, a fencing token in JSON, the id of an
   * access token or a set of metrics: named after the place it stood in, or `invalid`. Named after their place on both are
   * the names of basins and streams (CP-BAS-001), and what stands in a path, where the id of a token is `bad_path`.
   * (CP-RT-020, CP-BAS-003, CP-STR-003, REC-016, CP-TOK-002, CP-MET-001)
   */
  readonly malformedValue: 'by-place' | 'invalid'
  /** PUT with the body `null`: refused, or the same as without a body (CP-RT-034). */
  readonly nullBody: 'malformed' | 'absent'
  /** PATCH with `null` for a create flag: refused, or the flag is kept (CP-CFG-022, CP-CFG-068). */
  readonly nullCreateFlag: 'malformed' | 'keeps'
  /** Which storage classes there are; undefined takes any text (CP-CFG-001). */
  readonly storageClasses: readonly string[] | undefined
  /** What a stream has where neither the request nor the basin says (CP-CFG-001 to CP-CFG-008). */
  readonly systemConfig: ResolvedStreamConfig
  /** No storage class `express`, and no retention beyond 28 days (CP-CFG-005, CP-HOST-008). */
  readonly freeTier: boolean
  readonly limits: Limits
}

/** What a server holds its clients to. Durations are milliseconds; undefined sets no limit. */
export interface Limits {
  /** Basins of the account (CP-BAS-044, CP-LIM-001). */
  readonly basins: number | undefined
  /** From a basin's creation until it is served; until then what `waitsForSetup` is `unavailable` (CP-BAS-045). */
  readonly basinSetup: number
  /** From the answer to a DELETE until removal begins: the time in which it can be seen pending (CP-STR-073, CP-HOST-011). */
  readonly deletion: number
  /** Metered bytes that a stream takes in a second (CP-LIM-014). */
  readonly appendBytes: number | undefined
  /** Batches that a stream takes in a second from one connection (CP-LIM-015). */
  readonly appendBatches: number | undefined
}

export const LITE: Flavor = {
  placesBasins: false,
  repeatedBasinStatus: 201,
  showsDeletingBasin: true,
  missingBasinOfStream: 'stream_not_found',
  malformedValue: 'by-place',
  nullBody: 'malformed',
  nullCreateFlag: 'malformed',
  storageClasses: undefined,
  systemConfig: SYSTEM_STREAM_CONFIG,
  freeTier: false,
  limits: {
    basins: undefined,
    basinSetup: 0,
    deletion: 500,
    appendBytes: undefined,
    appendBatches: undefined,
  },
}

/** For an account that pays. */
export const HOSTED: Flavor = {
  placesBasins: true,
  repeatedBasinStatus: 200,
  showsDeletingBasin: false,
  missingBasinOfStream: 'basin_not_found',
  malformedValue: 'invalid',
  nullBody: 'absent',
  nullCreateFlag: 'keeps',
  storageClasses: ['standard', 'express'],
  systemConfig: SYSTEM_STREAM_CONFIG,
  freeTier: false,
  limits: {
    basins: undefined,
    basinSetup: 1000,
    deletion: 60_000,
    appendBytes: 100 * 1024 * 1024,
    appendBatches: 200,
  },
}

export const HOSTED_FREE_TIER: Flavor = {
  ...HOSTED,
  systemConfig: { ...SYSTEM_STREAM_CONFIG, storageClass: 'standard' },
  freeTier: true,
  limits: { ...HOSTED.limits, basins: 100 },
}
