import type { Defect } from '../defect.ts'
import { bytesBoundCountsCiphertext } from './bytes-bound-counts-ciphertext.ts'
import { commandsAreSealed } from './commands-are-sealed.ts'
import { missingKeyIsPassedOver } from './missing-key-is-passed-over.ts'

export const encryption: readonly Defect[] = [
  bytesBoundCountsCiphertext,
  commandsAreSealed,
  missingKeyIsPassedOver,
]
