import type { EncryptionKey } from './encryption-key.ts'

/** Authenticated encryption with associated data, as one algorithm does it. */
export interface Aead {
  /** The first byte of all that was ever sealed with it (ENC-016). */
  readonly mark: number
  readonly nonceBytes: number
  /** The algorithm with one key, which must not be wiped while this is in use. */
  withKey(key: EncryptionKey): KeyedAead
}

export interface KeyedAead {
  /** The ciphertext, and its tag behind it, in one piece or two. No nonce may serve twice. */
  encrypt(nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): readonly Uint8Array[]
  /** Undefined if it was not made with this key, nonce and associated data, or has been changed since. */
  decrypt(nonce: Uint8Array, ciphertext: Uint8Array, associated: Uint8Array): Uint8Array | undefined
}
