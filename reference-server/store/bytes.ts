const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const utf8 = (text: string): Uint8Array => (text === '' ? NOTHING : encoder.encode(text))

export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes)

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/**
 * Zeros for a key or a small value, side by side with those made before and after: as soon as a database looks at one with a
 * buffer of its own, that costs the collector more than everything else about it.
 */
export function smallBytes(length: number): Uint8Array {
  if (length > SMALL_BYTES) return new Uint8Array(length)
  if (taken + length > slab.length) {
    slab = new Uint8Array(SLAB_BYTES)
    taken = 0
  }
  taken += length
  return slab.subarray(taken - length, taken)
}

const SLAB_BYTES = 16_384
export const SMALL_BYTES = 2048

const NOTHING = new Uint8Array(0)

let slab: Uint8Array = NOTHING
let taken = 0
