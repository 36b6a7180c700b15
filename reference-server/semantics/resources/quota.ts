import type { Timestamp } from '../../../proto/types.ts'
import { type Refusal, refuse, refuseForNow } from '../refusal.ts'
import type { Limits } from './flavor.ts'

/**
 * One more basin beside so many, of which those that are being deleted are some: refused as `quota_exhausted` if the account
 * may not have it (CP-BAS-044).
 */
export function checkBasinQuota(existing: number, { basins }: Pick<Limits, 'basins'>): Refusal | undefined {
  if (basins === undefined || existing < basins) return undefined
  return refuse('quota_exhausted', `this account has ${existing} basins and may have ${basins}`)
}

/**
 * What `waitsForSetup` is refused as `unavailable` for so long after the creation of the basin, and not done (CP-BAS-045). One
 * that will only be created is none that is new: somebody has set the clock back.
 */
export function checkBasinSetup(
  createdAt: Timestamp,
  now: Timestamp,
  { basinSetup }: Pick<Limits, 'basinSetup'>,
): Refusal | undefined {
  const left = basinSetup - Number(now - createdAt)
  return now >= createdAt && left > 0
    ? refuseForNow('unavailable', 'this basin is still being set up', left)
    : undefined
}
