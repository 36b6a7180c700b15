import type { JsonValue } from '../../proto/json.ts'
import { member, optional, readList, readObject, readText } from '../../proto/json-shape.ts'
import { WireError } from '../../proto/wire-error.ts'
import { checkBasinListing, checkStreamListing, type Misnamed } from '../semantics/names.ts'
import { OPERATIONS } from '../semantics/operation.ts'
import type { Rules } from '../semantics/rules.ts'
import { oneOf, type Reader, readBoolean } from './config-json.ts'

/** 1 to 96 bytes of UTF-8, not `.` or `..` (CP-TOK-002). */
export function checkTokenId(id: string): Misnamed | undefined {
  if (id === '' || id === '.' || id === '..') return { misnamed: 'a token id is not empty and not . or ..' }
  return checkTokenListing(id)
}

/** `prefix` and `start_after`: up to 96 bytes without NUL (CP-TOK-002). */
export function checkTokenListing(text: string): Misnamed | undefined {
  if (Buffer.byteLength(text) > MAX_TOKEN_ID_BYTES) {
    return { misnamed: `a token id has at most ${MAX_TOKEN_ID_BYTES} bytes of UTF-8` }
  }
  return text.includes('\0') ? { misnamed: 'a token id must not contain NUL' } : undefined
}

/** The body of an issue request; throws `WireError` 'bad_json' for a wrong shape (CP-TOK-010, CP-TOK-017). */
export function readIssueRequest(value: JsonValue, rules: Rules): void {
  const object = readObject(value, 'the body')
  readName(checkTokenId)(member(object, 'id'), 'id')
  readScope(member(object, 'scope'), 'scope', rules)
  optional(member(object, 'expires_at'), 'expires_at', readInstant)
  optional(member(object, 'auto_prefix_streams'), 'auto_prefix_streams', readBoolean)
}

const MAX_TOKEN_ID_BYTES = 96

/** CP-TOK-030 to CP-TOK-032. */
function readScope(value: JsonValue | undefined, what: string, rules: Rules): void {
  const scope = readObject(value, what)
  const basin = (text: string) => misnaming(rules.parseBasinName(text))
  const stream = (text: string) => misnaming(rules.parseStreamName(text))
  optional(member(scope, 'basins'), 'basins', resourceSet(basin, checkBasinListing))
  optional(member(scope, 'streams'), 'streams', resourceSet(stream, checkStreamListing))
  optional(member(scope, 'access_tokens'), 'access_tokens', resourceSet(checkTokenId, checkTokenListing))
  optional(member(scope, 'op_groups'), 'op_groups', readGroups)
  optional(member(scope, 'ops'), 'ops', (ops) => readList(ops, 'ops').map((op) => readOperation(op, 'ops')))
}

type Check = (text: string) => Misnamed | undefined

/** Exactly one of `{"exact"}`, which may be empty, and `{"prefix"}`. */
function resourceSet(checkExact: Check, checkPrefix: Check): Reader<void> {
  return (value, what) => {
    const object = readObject(value, what)
    const [key, ...others] = Object.keys(object)
    if ((key !== 'exact' && key !== 'prefix') || others.length > 0) {
      throw new WireError('bad_json', `${what} must have exactly one of the keys exact and prefix`)
    }
    const check =
      key === 'exact' ? (text: string) => (text === '' ? undefined : checkExact(text)) : checkPrefix
    readName(check)(member(object, key), `${what}.${key}`)
  }
}

function readGroups(value: JsonValue, what: string): void {
  const groups = readObject(value, what)
  for (const name of ['account', 'basin', 'stream']) {
    const group = optional(member(groups, name), name, readObject)
    if (group === undefined) continue
    for (const right of ['read', 'write']) {
      const granted = member(group, right)
      if (granted !== undefined) readBoolean(granted, `${name}.${right}`)
    }
  }
}

function readName(check: Check): Reader<string> {
  return (value, what) => {
    const text = readText(value, what)
    const misnamed = check(text)
    if (misnamed !== undefined) throw new WireError('bad_json', `${what} is not valid: ${misnamed.misnamed}`)
    return text
  }
}

const misnaming = (named: object): Misnamed | undefined =>
  'misnamed' in named && typeof named.misnamed === 'string' ? { misnamed: named.misnamed } : undefined

function readInstant(value: JsonValue, what: string): string {
  const text = readText(value, what)
  if (RFC_3339.test(text) && !Number.isNaN(Date.parse(text))) return text
  throw new WireError('bad_json', `${what} must be an RFC 3339 time`)
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/

const readOperation = oneOf(...OPERATIONS)
