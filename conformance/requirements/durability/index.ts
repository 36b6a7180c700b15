import type { Requirement } from '../../requirement.ts'
import { acknowledgedSurvivesKill } from './crash.ts'
import { fenceIsDurable, restartChangesNothing } from './restart.ts'

export const durabilityRequirements: readonly Requirement[] = [
  acknowledgedSurvivesKill,
  restartChangesNothing,
  fenceIsDurable,
]
