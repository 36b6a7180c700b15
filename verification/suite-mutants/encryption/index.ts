import type { Defect } from '../defect.ts'
import { bytesBoundCountsCiphertext } from './bytes-bound-counts-ciphertext.ts'
import { commandsAreSealed } from './commands-are-sealed.ts'
import { missingKeyIsPassedOver } from './missing-key-is-passed-over.ts'
import { plainStreamsRefuseAKey } from './plain-streams-refuse-a-key.ts'
import { unusableKeyIsInvalid } from './unusable-key-is-invalid.ts'
import { wrongKeyIsNotPermitted } from './wrong-key-is-not-permitted.ts'

export const encryption: readonly Defect[] = [
  bytesBoundCountsCiphertext,
  commandsAreSealed,
  missingKeyIsPassedOver,
  plainStreamsRefuseAKey,
  unusableKeyIsInvalid,
  wrongKeyIsNotPermitted,
]
