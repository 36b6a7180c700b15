import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Format } from './types.ts'
import { WireError } from './wire-error.ts'

/** Bytes to a JSON string for a reader: raw replaces what is not UTF-8 by U+FFFD (REC-021). */
export function bytesToText(bytes: Uint8Array, format: Format): string {
  return format === 'base64' ? encodeBase64(bytes) : lossyUtf8.decode(bytes)
}

/** As `bytesToText`, for a sender, who must not lose anything: throws `WireError` 'invalid' where raw would. */
export function bytesToExactText(bytes: Uint8Array, format: Format, what: string): string {
  if (format === 'base64') return encodeBase64(bytes)
  try {
    return strictUtf8.decode(bytes)
  } catch (cause) {
    throw new WireError('invalid', `${what} is not UTF-8 and needs the base64 format`, { cause })
  }
}

/** A JSON string to bytes; throws `WireError` 'invalid' for text that is not strict base64 (REC-018). */
export function textToBytes(text: string, format: Format, what: string): Uint8Array {
  if (text === '') return EMPTY
  if (format === 'raw') return utf8.encode(text)
  const bytes = decodeBase64(text)
  if (bytes === undefined) {
    throw new WireError('invalid', `${what} must be standard base64 with padding`)
  }
  return bytes
}

const EMPTY = new Uint8Array(0)

const utf8 = new TextEncoder()
// A leading byte order mark is content, here as everywhere.
const lossyUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
