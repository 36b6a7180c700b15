import {
  MAX_ACCESS_TOKEN_ID_BYTES,
  MAX_BASIN_NAME_BYTES,
  MAX_LOCATION_NAME_CHARACTERS,
  MAX_REQUEST_TOKEN_BYTES,
  MAX_STREAM_NAME_BYTES,
  MIN_BASIN_NAME_BYTES,
} from '../../../proto/limits.ts'

declare const checked: unique symbol

export type BasinName = string & { readonly [checked]: 'basin-name' }
export type StreamName = string & { readonly [checked]: 'stream-name' }
export type TokenId = string & { readonly [checked]: 'token-id' }

/** What is wrong with a name, as a sentence; each boundary makes its own error of it (CP-BAS-001, CP-STR-001). */
export interface Misnamed {
  readonly misnamed: string
}

export type Named<Name> = { readonly name: Name } | Misnamed

/** 8 to 48 of `a-z`, `0-9` and `-`, a letter or digit at both ends (CP-BAS-001). */
export function parseBasinName(text: string): Named<BasinName> {
  if (text.length < MIN_BASIN_NAME_BYTES || text.length > MAX_BASIN_NAME_BYTES) {
    return misnamed(`a basin name has ${MIN_BASIN_NAME_BYTES} to ${MAX_BASIN_NAME_BYTES} characters`)
  }
  if (!/^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(text)) {
    return misnamed(
      'a basin name has lower-case letters, digits and hyphens, with a letter or digit at both ends',
    )
  }
  return { name: text as BasinName }
}

/** 1 to 512 bytes of UTF-8 without NUL, not `.` or `..` (CP-STR-001, CP-STR-002, RTE-007, RTE-008). */
export function parseStreamName(text: string): Named<StreamName> {
  if (text === '' || text === '.' || text === '..')
    return misnamed('a stream name is not empty and not . or ..')
  if (!text.isWellFormed()) return misnamed('a stream name is UTF-8, which cannot write a lone surrogate')
  const tooLong = longerThan(text, MAX_STREAM_NAME_BYTES, 'a stream name')
  return tooLong ?? withoutNul(text, 'a stream name') ?? { name: text as StreamName }
}

/** 1 to 96 bytes of UTF-8 without NUL, not `.` or `..` (CP-TOK-002). */
export function parseTokenId(text: string): Named<TokenId> {
  if (text === '' || text === '.' || text === '..')
    return misnamed('the id of an access token is not empty and not . or ..')
  return checkTokenListing(text) ?? { name: text as TokenId }
}

/** `prefix` and `start_after` of a basin listing: the start of a basin name, or nothing (CP-BAS-003). */
export function checkBasinListing(text: string): Misnamed | undefined {
  if (text === '' || (text.length <= MAX_BASIN_NAME_BYTES && /^[a-z0-9][a-z0-9-]*$/.test(text)))
    return undefined
  return misnamed(`this must be empty or begin a basin name of at most ${MAX_BASIN_NAME_BYTES} characters`)
}

/** `prefix` and `start_after` of a stream listing: up to 512 bytes, dots allowed, no NUL (CP-STR-002, CP-STR-003). */
export function checkStreamListing(text: string): Misnamed | undefined {
  return longerThan(text, MAX_STREAM_NAME_BYTES, 'this') ?? withoutNul(text, 'this')
}

/** `prefix` and `start_after` of a token listing: up to 96 bytes, dots allowed, no NUL (CP-TOK-002). */
export function checkTokenListing(text: string): Misnamed | undefined {
  const what = 'the id of an access token'
  return longerThan(text, MAX_ACCESS_TOKEN_ID_BYTES, what) ?? withoutNul(text, what)
}

/** At most 36 bytes; the empty token is a token (CP-BAS-032). */
export function checkRequestToken(text: string): Misnamed | undefined {
  return longerThan(text, MAX_REQUEST_TOKEN_BYTES, 'a request token')
}

/** 1 to 64 ASCII letters, digits, `:`, `-` and `.` (CP-LOC-004). */
export function checkLocationName(text: string): Misnamed | undefined {
  if (new RegExp(`^[A-Za-z0-9:.-]{1,${MAX_LOCATION_NAME_CHARACTERS}}$`).test(text)) return undefined
  return misnamed(
    `a location has 1 to ${MAX_LOCATION_NAME_CHARACTERS} letters, digits, colons, hyphens and dots`,
  )
}

/** Byte order of UTF-8, the order of every listing (CP-BAS-011); JavaScript's own order differs above U+FFFF. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [utf8(a), utf8(b)]
  const shorter = Math.min(left.length, right.length)
  for (let i = 0; i < shorter; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const encoder = new TextEncoder()

const utf8 = (text: string): Uint8Array => encoder.encode(text)

const misnamed = (sentence: string): Misnamed => ({ misnamed: sentence })

function longerThan(text: string, most: number, what: string): Misnamed | undefined {
  return utf8(text).length > most ? misnamed(`${what} has at most ${most} bytes of UTF-8`) : undefined
}

function withoutNul(text: string, what: string): Misnamed | undefined {
  return text.includes('\0') ? misnamed(`${what} must not contain NUL`) : undefined
}
