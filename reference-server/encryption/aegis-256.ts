import type { Aead } from './aead.ts'

/**
 * AEGIS-256 of libsodium, with a tag of 32 bytes; S2 leaves the tag open, as it never leaves the server. Compiled to
 * WebAssembly it takes a while to load, so it is loaded when the first stream needs it.
 */
export async function loadAegis256(): Promise<Aead> {
  const { default: sodium } = await import('libsodium-wrappers')
  await sodium.ready
  const { crypto_aead_aegis256_encrypt: encrypt, crypto_aead_aegis256_decrypt: decrypt } = sodium
  const tagBytes = sodium.crypto_aead_aegis256_ABYTES
  return {
    mark: 0x01,
    nonceBytes: sodium.crypto_aead_aegis256_NPUBBYTES,
    withKey: (key) => ({
      encrypt: (nonce, plaintext, associated) => [encrypt(plaintext, associated, null, nonce, key.expose())],
      decrypt(nonce, ciphertext, associated) {
        if (ciphertext.length < tagBytes) return undefined
        const bytes = key.expose()
        try {
          return decrypt(null, ciphertext, associated, nonce, bytes)
        } catch {
          // With lengths that fit, it has no other reason.
          return undefined
        }
      },
    }),
  }
}
