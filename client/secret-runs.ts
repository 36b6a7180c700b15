import { separatedHex } from './separated-hex.ts'
import { layersOf } from './unescape.ts'

/**
 * Finds runs of consecutive characters of secrets in texts, so that a secret is found wherever it was cut or split. A run
 * counts from `width` characters on, plain, escaped in any way that `layersOf` decodes, in hex, which may have separators, or
 * in base64, once or twice. Plain text is compared without regard to letter case; hex and base64 are found as given, all
 * upper case and all lower case, and base64 twice as given.
 */
export interface SecretRuns {
  add(secret: string): void
  /** Adds bytes that are secret and no text: they are found in hex and base64. */
  addBytes(bytes: Uint8Array): void
  /** Sets the marks of all characters that belong to a run. */
  mark(text: string, marks: Uint8Array): void
}

/** Words of the API, and of the redactor itself, are no secret in whatever token they stand. */
const PUBLIC = 'access-tokens access_token authorization: bearer s2-encryption-key <redacted>'
/** A run of fewer different characters, such as 000000, is no part of anything that cannot be guessed. */
const LEAST_DIFFERENT = 3
/** Groups of digits in a row that may be hex with separators. */
const LEAST_GROUPS = 2

/** Secrets of which this many characters in a row are to be hidden; shorter ones are found whole. */
export function createSecretRuns(width: number): SecretRuns {
  const plain = createGrams(width, LOWER)
  const hex = createGrams(2 * width, LOWER_HEX)
  const base64 = createGrams(base64Width(width), STANDARD_BASE64)
  const twice = createGrams(base64Width(base64Width(width)), STANDARD_BASE64)
  /** Those whose grams do not cover them. */
  const whole = new Set<string>()
  let isEmpty = true

  const addBytes = (bytes: Uint8Array): void => {
    hex.add(Buffer.from(bytes).toString('hex'))
    for (const offset of OFFSETS) base64.add(alignedBase64(bytes, offset))
  }
  const addTwice = (bytes: Uint8Array): void => {
    const once = OFFSETS.map((offset) => alignedBase64(bytes, offset))
    for (const text of new Set(once.flatMap((standard) => [standard, urlBase64(standard)])))
      for (const offset of OFFSETS) twice.add(alignedBase64(Buffer.from(text), offset))
  }
  return {
    add(secret) {
      isEmpty = false
      if (!plain.add(secret)) whole.add(lowerCase(secret))
      for (const form of new Set([secret, secret.toUpperCase(), secret.toLowerCase()]))
        addBytes(Buffer.from(form))
      addTwice(Buffer.from(secret))
    },
    addBytes(bytes) {
      addBytes(bytes)
      addTwice(bytes)
    },
    mark(text, marks) {
      if (isEmpty) return
      for (const layer of layersOf(text)) {
        const found = (from: number, to: number): void => {
          marks.fill(1, layer.begin(from), layer.end(to - 1))
        }
        for (const grams of [plain, hex, base64, twice]) grams.find(layer.text, found)
        for (const { digits, positions } of separatedHex(layer.text, LEAST_GROUPS))
          hex.find(digits, (from, to) => found(positions[from] ?? 0, (positions[to - 1] ?? 0) + 1))
        const text = whole.size > 0 ? lowerCase(layer.text) : ''
        for (const secret of whole) {
          for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1))
            found(at, at + secret.length)
        }
      }
    },
  }
}

/** What a character counts as; tables, as every character of every text is looked up. */
const tableOf = (normal: (code: number) => number): Uint16Array =>
  Uint16Array.from({ length: 0x10000 }, (_, code) => normal(code))
const LOWER = tableOf((code) => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code))
/** Keeps positions, as `toLowerCase` need not. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
/** A to F as a to f. */
const LOWER_HEX = tableOf((code) => (code >= 0x41 && code <= 0x46 ? code + 0x20 : code))
/** The characters of base64url, `-` and `_`, as those of base64. */
const STANDARD_BASE64 = tableOf((code) => (code === 0x2d ? 0x2b : code === 0x5f ? 0x2f : code))

interface Grams {
  /** Whether every run of the secret is found from now on. */
  add(secret: string): boolean
  find(text: string, found: (from: number, to: number) => void): void
}

/** The key of the last four characters before a position: a table of these rules out most positions of a text. */
const KEYS = 0x100000
const keyAfter = (key: number, code: number): number => ((key << 5) ^ code) & (KEYS - 1)
const KEY_CHARACTERS = 4

/** Finds substrings of `width` characters, each of which the table maps to the one that was added. */
function createGrams(width: number, table: Uint16Array): Grams {
  const grams = new Set<string>()
  const keys = new Uint8Array(KEYS)
  const gramAt = (text: string, at: number): string => {
    let gram = ''
    for (let index = at; index < at + width; index++)
      gram += String.fromCharCode(table[text.charCodeAt(index)] ?? 0)
    return gram
  }
  return {
    add(secret) {
      let isCovered = secret.length >= width
      for (let at = 0; at + width <= secret.length; at++) {
        const gram = gramAt(secret, at)
        if (new Set(gram).size >= LEAST_DIFFERENT && !PUBLIC.includes(gram.toLowerCase())) {
          grams.add(gram)
          let key = 0
          for (let index = 0; index < KEY_CHARACTERS; index++) key = keyAfter(key, gram.charCodeAt(index))
          keys[key] = 1
        } else isCovered = false
      }
      return isCovered
    },
    find(text, found) {
      if (grams.size === 0) return
      let key = 0
      for (let at = 0; at < text.length; at++) {
        key = keyAfter(key, table[text.charCodeAt(at)] ?? 0)
        const from = at + 1 - KEY_CHARACTERS
        if (keys[key] === 1 && from >= 0 && from + width <= text.length && grams.has(gramAt(text, from)))
          found(from, from + width)
      }
    },
  }
}

const OFFSETS = [0, 1, 2] as const

/** Returns how many characters of base64 depend on this many bytes and on no other byte, at any alignment. */
const base64Width = (bytes: number): number => Math.floor((8 * bytes) / 6) - 1

const urlBase64 = (standard: string): string => standard.replaceAll('+', '-').replaceAll('/', '_')

/** The base64 that stands for these bytes alone where `offset` bytes stand before them. */
function alignedBase64(bytes: Uint8Array, offset: number): string {
  const text = Buffer.concat([new Uint8Array(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((8 * offset) / 6), Math.floor((8 * (offset + bytes.length)) / 6))
}
