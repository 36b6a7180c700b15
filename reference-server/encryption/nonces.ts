import { randomFillSync } from 'node:crypto'

/** Drawn at once, since that costs as much as a few bytes do. */
const DRAWN_BYTES = 4096

/**
 * Nonces of so many bytes, none of them twice. They come from the platform's randomness, not from the server's own, which a
 * simulation repeats.
 */
export function createNonces(bytes: number): () => Uint8Array {
  const drawn = new Uint8Array(DRAWN_BYTES)
  let used = DRAWN_BYTES
  return () => {
    if (used + bytes > DRAWN_BYTES) {
      randomFillSync(drawn)
      used = 0
    }
    used += bytes
    return drawn.subarray(used - bytes, used)
  }
}
