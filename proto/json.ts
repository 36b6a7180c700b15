import { WireError } from './wire-error.ts'

/**
 * JSON with exact 64-bit integers (REC-024). An integer literal of at most 20 digits is a `bigint`; any other
 * number (with fraction or exponent, `-0`, or longer) is a `number`, so a reader of 64-bit fields takes only `bigint`.
 */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [key: string]: JsonValue
}

/**
 * Throws `WireError` 'bad_json' with the offset of the first fault: syntax, text after the value, a lone surrogate
 * (escaped or not), or nesting deeper than 128 (REC-013).
 */
export function parseJson(text: string, wanted?: Wanted): JsonValue {
  if (!text.isWellFormed()) throw new WireError('bad_json', 'the JSON text holds a lone surrogate')
  return new JsonParser(text).parse(wanted)
}

/**
 * What is kept of a value, so that a hostile text costs no more than its syntax: of objects the members at these keys. Of a
 * list, the same of each item; `read` says what becomes of it as soon as it is there, so that of one that is far too long not
 * all items need to be kept.
 */
export interface Wanted {
  readonly members: ReadonlyMap<string, Wanted>
  readonly read?: (item: JsonValue, index: number) => JsonValue
}

/** As `parseJson`, for UTF-8; malformed UTF-8 and a byte order mark are 'bad_json' too. */
export function parseJsonBytes(bytes: Uint8Array, wanted?: Wanted): JsonValue {
  let text: string
  try {
    text = strictUtf8.decode(bytes)
  } catch (cause) {
    throw new WireError('bad_json', 'the JSON text is not UTF-8', { cause })
  }
  return new JsonParser(text).parse(wanted)
}

/** Writes a `bigint` as a bare number. Members that are `undefined` are left out. */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? JSON.rawJSON(String(part)) : part))
}

/** Keys that stood more than once in an object that was parsed here; its value is the last one's. */
export function duplicateKeys(object: JsonObject): ReadonlySet<string> {
  return duplicates.get(object) ?? NO_KEYS
}

declare global {
  interface JSON {
    /** Text that `JSON.stringify` copies as it is; it must be the JSON of a primitive. */
    rawJSON(text: string): object
  }
}

const MAX_DEPTH = 128
const NO_KEYS: ReadonlySet<string> = new Set()
const NOTHING: Wanted = { members: new Map() }
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const INTEGER = /^-?\d{1,20}$/
const LITERALS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['null', null],
  ['true', true],
  ['false', false],
])

const duplicates = new WeakMap<JsonObject, Set<string>>()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Recursive descent over well-formed text. `JSON.parse` hides duplicate keys and rounds integers. */
class JsonParser {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Everything, if nothing is said of what is wanted. */
  parse(wanted: Wanted | undefined): JsonValue {
    const value = this.#value(wanted)
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#fault('the end of the text')
    return value
  }

  #value(wanted: Wanted | undefined): JsonValue {
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(wanted)
      case '[':
        return this.#array(wanted)
      case '"':
        return this.#string()
      case 'n':
        return this.#literal('null')
      case 't':
        return this.#literal('true')
      case 'f':
        return this.#literal('false')
      default:
        return this.#number()
    }
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) throw this.#fault(`nesting of at most ${MAX_DEPTH}`)
    this.#at++
  }

  #object(wanted: Wanted | undefined): JsonObject {
    this.#enter()
    const object: Record<string, JsonValue> = {}
    if (!this.#skipIf('}')) this.#members(object, wanted)
    this.#depth--
    return object
  }

  #members(object: Record<string, JsonValue>, wanted: Wanted | undefined): void {
    do {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') throw this.#fault('a key')
      const key = this.#string()
      if (!this.#skipIf(':')) throw this.#fault("':'")
      const inner = wanted?.members.get(key)
      const value = this.#value(wanted === undefined ? undefined : (inner ?? NOTHING))
      if (wanted !== undefined && inner === undefined) continue
      if (Object.hasOwn(object, key)) noteDuplicate(object, key)
      setMember(object, key, value)
    } while (this.#skipIf(','))
    if (!this.#skipIf('}')) throw this.#fault("',' or '}'")
  }

  #array(wanted: Wanted | undefined): readonly JsonValue[] {
    this.#enter()
    const array: JsonValue[] = []
    const read = wanted?.read
    if (!this.#skipIf(']')) {
      do {
        const item = this.#value(wanted)
        array.push(read === undefined ? item : read(item, array.length))
      } while (this.#skipIf(','))
      if (!this.#skipIf(']')) throw this.#fault("',' or ']'")
    }
    this.#depth--
    return array
  }

  #string(): string {
    const start = this.#at
    let escaped = false
    for (let at = start + 1; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === QUOTE) {
        this.#at = at + 1
        return escaped ? this.#unescape(start) : this.#text.slice(start + 1, at)
      }
      if (code < SPACE) break
      if (code === BACKSLASH) {
        escaped = true
        at++
      }
    }
    throw this.#fault("a string without control characters, ended by '\"'")
  }

  #unescape(start: number): string {
    let value: unknown
    try {
      value = JSON.parse(this.#text.slice(start, this.#at))
    } catch (cause) {
      throw new WireError('bad_json', 'a string holds an escape that JSON does not have', {
        offset: start,
        cause,
      })
    }
    if (typeof value === 'string' && value.isWellFormed()) return value
    throw new WireError('bad_json', 'a string holds an escaped lone surrogate', { offset: start })
  }

  #literal(word: string): JsonValue {
    const value = LITERALS.get(word)
    if (value === undefined || !this.#text.startsWith(word, this.#at)) throw this.#fault('a value')
    this.#at += word.length
    return value
  }

  #number(): number | bigint {
    return this.#shortInteger() ?? this.#longNumber()
  }

  /** Up to nine digits, which are most numbers, and exact as a `number`. */
  #shortInteger(): bigint | undefined {
    let at = this.#at
    let value = 0
    for (let code = this.#text.charCodeAt(at); isDigit(code); code = this.#text.charCodeAt(++at)) {
      value = value * 10 + code - ZERO
    }
    const digits = at - this.#at
    const next = this.#text.charCodeAt(at)
    if (digits === 0 || digits > 9 || next === POINT || (next | LOWER) === EXPONENT) return undefined
    if (digits > 1 && this.#text.charCodeAt(this.#at) === ZERO) return undefined
    this.#at = at
    return SMALL[value] ?? BigInt(value)
  }

  #longNumber(): number | bigint {
    NUMBER.lastIndex = this.#at
    const source = NUMBER.exec(this.#text)?.[0]
    if (source === undefined) throw this.#fault('a value')
    this.#at += source.length
    return INTEGER.test(source) && source !== '-0' ? BigInt(source) : Number(source)
  }

  #skipIf(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #skipSpace(): void {
    while (WHITE_SPACE.has(this.#text.charCodeAt(this.#at))) this.#at++
  }

  #fault(expected: string): WireError {
    const offset = this.#at
    const came = offset < this.#text.length ? JSON.stringify(this.#text[offset]) : 'the end'
    return new WireError('bad_json', `the JSON text has ${came} at ${offset} in place of ${expected}`, {
      offset,
    })
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const ZERO = 0x30
const NINE = 0x39
const POINT = 0x2e
const EXPONENT = 0x65
/** Of a letter, the bit that a small one has. */
const LOWER = 0x20
const SMALL: readonly bigint[] = Array.from({ length: 256 }, (_, value) => BigInt(value))
const isDigit = (code: number): boolean => code >= ZERO && code <= NINE
const SPACE = 0x20
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d])

function setMember(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  // Assigning to `__proto__` would set the prototype instead.
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

function noteDuplicate(object: JsonObject, key: string): void {
  const keys = duplicates.get(object) ?? new Set()
  duplicates.set(object, keys.add(key))
}
