import type { Cipher } from '../semantics/batch/encryption.ts'
import type { Aead } from './aead.ts'
import { loadAegis256 } from './aegis-256.ts'
import { aes256Gcm } from './aes-256-gcm.ts'

/** The algorithm of a cipher, which is loaded once. */
export function loadAead(cipher: Cipher): Promise<Aead> {
  aeads[cipher] ??= LOAD[cipher]()
  return aeads[cipher]
}

const LOAD: Readonly<Record<Cipher, () => Promise<Aead>>> = {
  'aegis-256': loadAegis256,
  'aes-256-gcm': async () => aes256Gcm,
}

const aeads: Partial<Record<Cipher, Promise<Aead>>> = {}
