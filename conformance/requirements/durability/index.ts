import type { Requirement } from '../../requirement.ts'
import { acknowledgedSurvivesKill, acknowledgedSurvivesStop, refusalsAreExplained } from './crash.ts'
import { killDuringDeletion } from './deletion.ts'
import { oneWriterAtATime } from './instances.ts'
import { numbersAreNotReused } from './numbers.ts'
import { timeToReady } from './ready.ts'
import { fenceIsDurable, restartChangesNothing } from './restart.ts'
import { tailNeverGoesBack } from './tail.ts'
import { trimOutlivesKill } from './trim.ts'

export const durabilityRequirements: readonly Requirement[] = [
  acknowledgedSurvivesKill,
  tailNeverGoesBack,
  trimOutlivesKill,
  oneWriterAtATime,
  acknowledgedSurvivesStop,
  refusalsAreExplained,
  numbersAreNotReused,
  restartChangesNothing,
  fenceIsDurable,
  killDuringDeletion,
  timeToReady,
]
