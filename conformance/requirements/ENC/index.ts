import type { Requirement } from '../../check/requirement.ts'
import { atRest } from './at-rest.ts'
import { ciphers } from './ciphers.ts'
import { decryption } from './decryption.ts'
import { keys } from './keys.ts'

export const ENC: readonly Requirement[] = [...ciphers, ...keys, ...decryption, ...atRest]
