/**
 * Standard base64 with padding, and nothing else (REC-017, REC-018): no URL alphabet, no white space, no missing or
 * superfluous padding, no stray bits in the last character. `Buffer` and `atob` accept some or all of those.
 */

export function encodeBase64(bytes: Uint8Array): string {
  const characters = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let to = 0
  for (let from = 0; from < bytes.length; from += 3) {
    const second = bytes[from + 1]
    const third = bytes[from + 2]
    const bits = ((bytes[from] ?? 0) << 16) | ((second ?? 0) << 8) | (third ?? 0)
    characters[to++] = character(bits >> 18)
    characters[to++] = character((bits >> 12) & 63)
    characters[to++] = second === undefined ? PADDING : character((bits >> 6) & 63)
    characters[to++] = third === undefined ? PADDING : character(bits & 63)
  }
  return ascii.decode(characters)
}

/** Undefined for any text that is not exactly what `encodeBase64` writes for some bytes. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const digits = text.length - padding
  let bits = 0
  let held = 0
  let to = 0
  for (let from = 0; from < digits; from++) {
    const digit = VALUES[text.charCodeAt(from)] ?? INVALID
    if (digit === INVALID) return undefined
    bits = ((bits << 6) | digit) & 0xffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[to++] = (bits >> held) & 0xff
    }
  }
  const strayBits = bits & ((1 << held) - 1)
  return strayBits === 0 ? bytes : undefined
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CHARACTERS = new TextEncoder().encode(ALPHABET)
const PADDING = 0x3d
const INVALID = 0xff

const VALUES = new Uint8Array(128).fill(INVALID)
for (const [value, code] of CHARACTERS.entries()) VALUES[code] = value

const ascii = new TextDecoder()

function character(value: number): number {
  return CHARACTERS[value] ?? PADDING
}
