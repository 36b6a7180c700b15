import type { Requirement } from '../../check/requirement.ts'
import { locationIsImmutable, locationOfABasin, unknownLocation } from './basins.ts'
import { defaultIsForNewBasins, defaultIsSet, unknownDefault } from './default.ts'
import { defaultIsListed, locationsAreListed } from './listing.ts'

export const locationRequirements: readonly Requirement[] = [
  locationsAreListed,
  defaultIsListed,
  defaultIsSet,
  unknownDefault,
  defaultIsForNewBasins,
  locationOfABasin,
  locationIsImmutable,
  unknownLocation,
]
