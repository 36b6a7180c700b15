import { duplicateKeys, type JsonObject, type JsonValue } from './json.ts'
import { isU64 } from './u64.ts'
import { WireError } from './wire-error.ts'

/*
 * Readers of parsed JSON. `what` names the value in the error, as a path: `records[3].timestamp`. Each throws
 * `WireError` 'bad_json' when the value has another shape (REC-013).
 */

/** A member of the object named `what`; undefined when absent. A key that stood twice is refused. */
export function member(object: JsonObject, key: string, what?: string): JsonValue | undefined {
  if (!Object.hasOwn(object, key)) return undefined
  if (duplicateKeys(object).has(key)) {
    throw new WireError('bad_json', `${what === undefined ? key : `${what}.${key}`} is given more than once`)
  }
  return object[key]
}

export function readObject(value: JsonValue | undefined, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !isList(value)) return value
  throw wrongShape(value, what, 'an object')
}

export function readList(value: JsonValue | undefined, what: string): readonly JsonValue[] {
  if (isList(value)) return value
  throw wrongShape(value, what, 'an array')
}

export function readText(value: JsonValue | undefined, what: string): string {
  if (typeof value === 'string') return value
  throw wrongShape(value, what, 'a string')
}

export function readU64(value: JsonValue | undefined, what: string): bigint {
  if (typeof value === 'bigint' && isU64(value)) return value
  throw wrongShape(value, what, 'an integer from 0 to 2^64 - 1, without fraction or exponent')
}

/** For members that may be left out or null, which mean the same (REC-011, REC-012). */
export function optional<T>(
  value: JsonValue | undefined,
  what: string,
  read: (value: JsonValue, what: string) => T,
): T | undefined {
  return value === undefined || value === null ? undefined : read(value, what)
}

/** `Array.isArray` narrows no readonly array. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function wrongShape(value: JsonValue | undefined, what: string, expected: string): WireError {
  return new WireError('bad_json', `${what} must be ${expected}, not ${describe(value)}`)
}

function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'absent'
  if (isList(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string' ? 'a string' : String(value)
}
