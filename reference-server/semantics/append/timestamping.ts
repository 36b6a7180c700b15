import type { Timestamp } from '../../../proto/types.ts'
import { invalid, type Refusal } from '../refusal.ts'

export type TimestampingMode = 'client-prefer' | 'client-require' | 'arrival'

export interface Timestamping {
  readonly mode: TimestampingMode
  /** True: a client's timestamp may lie in the future (APP-035). */
  readonly uncapped: boolean
}

/**
 * The timestamp a record is stored with. The mode chooses between the client's and the arrival time (APP-031, APP-033);
 * the choice is capped at arrival unless uncapped (APP-034); the largest earlier timestamp of the stream is a floor that
 * beats the cap (APP-036, APP-039). Refused as `invalid`: no timestamp under `client-require` (APP-032).
 */
export function assignTimestamp(
  { mode, uncapped }: Timestamping,
  floor: Timestamp,
  given: Timestamp | undefined,
  now: Timestamp,
): { readonly timestamp: Timestamp } | Refusal {
  if (mode === 'client-require' && given === undefined) {
    return invalid('this stream requires a timestamp on every record')
  }
  const chosen = mode === 'arrival' || given === undefined ? now : given
  const capped = uncapped || chosen < now ? chosen : now
  return { timestamp: capped > floor ? capped : floor }
}
