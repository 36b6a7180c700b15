const MAX_HEX_BYTES = 96
const MAX_TEXT = 900

/** The first bytes as hex, and how many follow. */
export function cutHex(bytes: Uint8Array): { readonly hex: string; readonly omittedBytes?: number } {
  const hex = Buffer.from(bytes.subarray(0, MAX_HEX_BYTES)).toString('hex')
  return bytes.length <= MAX_HEX_BYTES ? { hex } : { hex, omittedBytes: bytes.length - MAX_HEX_BYTES }
}

/** The first characters, and how many bytes follow. */
export function cutText(text: string): { readonly text: string; readonly omittedBytes?: number } {
  if (text.length <= MAX_TEXT) return { text }
  // Not in the middle of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT
  return { text: text.slice(0, end), omittedBytes: Buffer.byteLength(text.slice(end)) }
}
