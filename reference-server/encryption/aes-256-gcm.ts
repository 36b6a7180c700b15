import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import type { Aead } from './aead.ts'

const TAG_BYTES = 16

/** AES-256-GCM of Node's OpenSSL, with a tag of 16 bytes. */
export const aes256Gcm: Aead = {
  mark: 0x02,
  nonceBytes: 12,
  withKey(key) {
    // Several times as fast as raw bytes where records are small: the key is set up once.
    const secret = createSecretKey(key.expose())
    return {
      encrypt(nonce, plaintext, associated) {
        const cipher = createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES })
        cipher.setAAD(associated)
        const ciphertext = cipher.update(plaintext)
        cipher.final()
        return [ciphertext, cipher.getAuthTag()]
      },
      decrypt(nonce, ciphertext, associated) {
        const end = ciphertext.length - TAG_BYTES
        if (end < 0) return undefined
        const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES })
        decipher.setAAD(associated)
        decipher.setAuthTag(ciphertext.subarray(end))
        const plaintext = decipher.update(ciphertext.subarray(0, end))
        return isGenuine(decipher) ? plaintext : undefined
      },
    }
  },
}

/** Node tells of a wrong tag by an error without a code. */
function isGenuine(decipher: { final(): Uint8Array }): boolean {
  try {
    decipher.final()
    return true
  } catch {
    return false
  }
}
