import type { Requirement } from '../../check/requirement.ts'
import * as ciphers from './ciphers.ts'
import * as decryption from './decryption.ts'
import * as keys from './keys.ts'

export const encryptionRequirements: readonly Requirement[] = [ciphers, keys, decryption].flatMap((group) =>
  Object.values(group),
)
