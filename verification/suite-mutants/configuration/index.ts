import type { Defect } from '../defect.ts'
import { ageOfZeroIsTaken } from './age-of-zero-is-taken.ts'
import { basinBeatsTheRequest } from './basin-beats-the-request.ts'
import { basinDefaultsAreNotInherited } from './basin-defaults-are-not-inherited.ts'
import { clearedLeavesFallToTheSystem } from './cleared-leaves-fall-to-the-system.ts'
import { createFlagsAreNotPatched } from './create-flags-are-not-patched.ts'
import { createFlagsAreReset } from './create-flags-are-reset.ts'
import { explicitFalseIsUnset } from './explicit-false-is-unset.ts'
import { explicitZeroIsUnset } from './explicit-zero-is-unset.ts'
import { modeResetsTheCap } from './mode-resets-the-cap.ts'
import { newStreamsArePlain } from './new-streams-are-plain.ts'
import { nullClearsNothing } from './null-clears-nothing.ts'
import { patchReplacesTheConfiguration } from './patch-replaces-the-configuration.ts'
import { patchedAgeOfZeroIsTaken } from './patched-age-of-zero-is-taken.ts'

export const configuration: readonly Defect[] = [
  ageOfZeroIsTaken,
  basinBeatsTheRequest,
  basinDefaultsAreNotInherited,
  clearedLeavesFallToTheSystem,
  createFlagsAreNotPatched,
  createFlagsAreReset,
  explicitFalseIsUnset,
  explicitZeroIsUnset,
  modeResetsTheCap,
  newStreamsArePlain,
  nullClearsNothing,
  patchReplacesTheConfiguration,
  patchedAgeOfZeroIsTaken,
]
