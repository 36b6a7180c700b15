import { invalid, type Refusal } from '../refusal.ts'
import type { StreamConfig } from './config.ts'
import type { Flavor } from './flavor.ts'

/**
 * Refused as `invalid`: a retention age of 0 (CP-CFG-003), a storage class that the flavor does not have (CP-CFG-001), and
 * what the free tier does not have (CP-CFG-005).
 */
export function checkStreamConfig(
  { retention, storageClass }: Pick<StreamConfig, 'retention' | 'storageClass'>,
  { storageClasses, freeTier }: Pick<Flavor, 'storageClasses' | 'freeTier'>,
): Refusal | undefined {
  const age = retention === undefined || 'infinite' in retention ? undefined : retention.age
  if (age === 0n) return invalid('retention_policy.age must be at least 1 second')
  if (storageClass !== undefined && storageClasses?.includes(storageClass) === false) {
    return invalid(`storage_class must be one of: ${storageClasses.join(', ')}`)
  }
  if (!freeTier) return undefined
  if (storageClass === 'express') return invalid('storage_class express is not part of the free tier')
  const tooLong = retention !== undefined && (age === undefined || age > FREE_TIER_RETENTION)
  return tooLong ? invalid('retention beyond 28 days is not part of the free tier') : undefined
}

/** 28 days in seconds. */
const FREE_TIER_RETENTION = 2_419_200n
