import { layersOf } from './unescape.ts'

/**
 * Finds runs of consecutive characters of secrets in texts, so that a secret is found wherever it was cut or split. A run
 * counts from `width` characters on, plain, escaped in any way that `layersOf` decodes, in hex or in base64.
 */
export interface SecretRuns {
  add(secret: string): void
  /** Adds bytes that are secret and no text: they are found in hex and base64. */
  addBytes(bytes: Uint8Array): void
  /** Sets the marks of all characters that belong to a run. */
  mark(text: string, marks: Uint8Array): void
}

/** Words of the API, and of the redactor itself, are no secret in whatever token they stand. */
const PUBLIC = 'access-tokens access_token authorization: Bearer s2-encryption-key <redacted>'
/** A run of fewer different characters, such as 000000, is no part of anything that cannot be guessed. */
const LEAST_DIFFERENT = 3

/** Secrets of which this many characters in a row are to be hidden; shorter ones are found whole. */
export function createSecretRuns(width: number): SecretRuns {
  const plain = createGrams(width)
  const hex = createGrams(2 * width)
  // This many characters of base64 depend on `width` bytes and on nothing beside them, at any alignment.
  const base64 = createGrams(Math.floor((8 * width) / 6) - 1)
  /** Those whose grams do not cover them. */
  const whole = new Set<string>()
  let isEmpty = true

  const addBytes = (bytes: Uint8Array): void => {
    hex.add(Buffer.from(bytes).toString('hex'))
    for (const offset of [0, 1, 2]) base64.add(alignedBase64(bytes, offset))
  }
  return {
    add(secret) {
      isEmpty = false
      if (!plain.add(secret)) whole.add(secret)
      addBytes(Buffer.from(secret))
    },
    addBytes,
    mark(text, marks) {
      if (isEmpty) return
      for (const layer of layersOf(text)) {
        const found = (from: number, to: number): void => {
          marks.fill(1, layer.begin(from), layer.end(to - 1))
        }
        plain.find(layer.text, 0, found)
        for (const secret of whole) {
          for (let at = layer.text.indexOf(secret); at >= 0; at = layer.text.indexOf(secret, at + 1))
            found(at, at + secret.length)
        }
        for (const { 0: run, index } of layer.text.matchAll(hex.runs(HEX)))
          hex.find(run.toLowerCase(), index, found)
        for (const { 0: run, index } of layer.text.matchAll(base64.runs(BASE64)))
          base64.find(run.replaceAll('-', '+').replaceAll('_', '/'), index, found)
      }
    },
  }
}

const HEX = '[0-9a-fA-F]'
const BASE64 = '[A-Za-z0-9+/_-]'

interface Grams {
  readonly runs: (character: string) => RegExp
  /** Whether every run of the secret is found from now on. */
  add(secret: string): boolean
  find(text: string, offset: number, found: (from: number, to: number) => void): void
}

function createGrams(width: number): Grams {
  const grams = new Set<string>()
  return {
    runs: (character) => new RegExp(`${character}{${width},}`, 'g'),
    add(secret) {
      let isCovered = secret.length >= width
      for (let at = 0; at + width <= secret.length; at++) {
        const gram = secret.slice(at, at + width)
        if (new Set(gram).size >= LEAST_DIFFERENT && !PUBLIC.includes(gram)) grams.add(gram)
        else isCovered = false
      }
      return isCovered
    },
    find(text, offset, found) {
      if (grams.size === 0) return
      for (let at = 0; at + width <= text.length; at++)
        if (grams.has(text.slice(at, at + width))) found(offset + at, offset + at + width)
    },
  }
}

/** The base64 that stands for these bytes alone where `offset` bytes stand before them. */
function alignedBase64(bytes: Uint8Array, offset: number): string {
  const text = Buffer.concat([new Uint8Array(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((8 * offset) / 6), Math.floor((8 * (offset + bytes.length)) / 6))
}
