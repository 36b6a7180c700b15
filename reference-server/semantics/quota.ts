import type { Timestamp } from '../../proto/types.ts'
import type { Limits } from './flavor.ts'
import { type Refusal, refuse, refuseForNow } from './refusal.ts'

/** One more basin beside so many: refused as `quota_exhausted` if the account may not have it (CP-BAS-044). */
export function checkBasinQuota(existing: number, { basins }: Pick<Limits, 'basins'>): Refusal | undefined {
  if (basins === undefined || existing < basins) return undefined
  return refuse('quota_exhausted', `this account has ${existing} basins and may have ${basins}`)
}

/** Whatever is asked of a basin that is still being set up is refused as `unavailable`, and not done (CP-BAS-045). */
export function checkBasinSetup(
  createdAt: Timestamp,
  now: Timestamp,
  { basinSetup }: Pick<Limits, 'basinSetup'>,
): Refusal | undefined {
  const left = Number(createdAt - now) + basinSetup
  return left > 0 ? refuseForNow('unavailable', 'this basin is still being set up', left) : undefined
}
