import type { Requirement } from '../../check/requirement.ts'
import { ackImpliesDurable } from './acknowledged.ts'
import { ciphertextAtRest } from './at-rest.ts'
import { controlPlaneIsDurable } from './control-plane.ts'
import { acknowledgedSurvivesKill, acknowledgedSurvivesStop, refusalsAreExplained } from './crash.ts'
import { killDuringDeletion } from './deletion.ts'
import { secondFencesTheFirst } from './fenced-off.ts'
import { oneWriterAtATime } from './instances.ts'
import { numbersAreNotReused } from './numbers.ts'
import { acknowledgedWasSynced } from './power.ts'
import { timeToReady } from './ready.ts'
import { fenceIsDurable, restartChangesNothing } from './restart.ts'
import { shutdown } from './shutdown.ts'
import { stalledStorageTellsNothing } from './stalled.ts'
import { abandonedAppendTakesNoNumber, noAckSoonerThanStorage } from './storage.ts'
import { tailNeverGoesBack } from './tail.ts'
import { trimOutlivesKill } from './trim.ts'

export const durabilityRequirements: readonly Requirement[] = [
  acknowledgedWasSynced,
  acknowledgedSurvivesKill,
  tailNeverGoesBack,
  trimOutlivesKill,
  stalledStorageTellsNothing,
  noAckSoonerThanStorage,
  oneWriterAtATime,
  secondFencesTheFirst,
  acknowledgedSurvivesStop,
  refusalsAreExplained,
  numbersAreNotReused,
  restartChangesNothing,
  fenceIsDurable,
  killDuringDeletion,
  abandonedAppendTakesNoNumber,
  timeToReady,
  ackImpliesDurable,
  controlPlaneIsDurable,
  ciphertextAtRest,
  shutdown,
]
