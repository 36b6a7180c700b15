import { decodeBase64 } from '../../proto/base64.ts'

/** Bytes of a key, of either cipher (ENC-002). */
export const KEY_BYTES = 32

/**
 * The key that a client brings with a request. It lives no longer than the request, and neither printing nor
 * serialising it shows it: whoever needs the bytes must ask for them.
 */
export class EncryptionKey {
  readonly #bytes: Uint8Array
  #wiped = false

  /** Owns the bytes from here on. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes`)
    this.#bytes = bytes
  }

  /** Throws once the key is wiped: nothing may be sealed with what is left then. */
  expose(): Uint8Array {
    if (this.#wiped) throw new Error('the key was wiped')
    return this.#bytes
  }

  wipe(): void {
    this.#wiped = true
    this.#bytes.fill(0)
  }
}

/** What a request brings by way of a key. Whether it matters depends on the stream (ENC-006). */
export type GivenKey = EncryptionKey | 'unusable' | 'none'

/** Standard base64 of 32 bytes; anything else is of no use to a cipher (ENC-004). */
export function parseEncryptionKey(text: string): EncryptionKey | 'unusable' {
  const bytes = decodeBase64(text)
  if (bytes?.length === KEY_BYTES) return new EncryptionKey(bytes)
  bytes?.fill(0)
  return 'unusable'
}
