import type { Timestamp } from '../../../proto/types.ts'
import type { Retention } from '../resources/config.ts'

/** How long an age keeps records, in milliseconds; for ever, if it is none. */
export const ageOf = (retention: Retention): bigint | undefined =>
  'infinite' in retention ? undefined : 1000n * retention.age

/**
 * Until when records that are written now are certainly kept, unless they are trimmed; for ever, if undefined. It is the
 * retention of this moment that counts, and the moment itself, not the timestamps of the records: a later change is one
 * for later records (CP-CFG-080, CP-CFG-081, AUT-015).
 */
export function keptUntil(retention: Retention, writtenAt: Timestamp): Timestamp | undefined {
  const age = ageOf(retention)
  return age === undefined ? undefined : writtenAt + age
}

/**
 * Whether these records may go. They do so some time later, and only once all older ones are gone: there is never a hole
 * (CMD-026, AUT-014). The tail stays where it is.
 */
export const isPastRetention = (until: Timestamp | undefined, now: Timestamp): boolean =>
  until !== undefined && now > until
