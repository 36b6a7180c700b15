import { formatInstant, parseInstant } from '../../../proto/instant.ts'
import type { JsonObject, JsonValue } from '../../../proto/json.ts'
import { member, optional, readList, readObject, readText } from '../../../proto/json-shape.ts'
import type { Instant } from '../../../proto/types.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { AccessToken, Scope } from '../../semantics/access/access-token.ts'
import type { Page } from '../../semantics/access/listing.ts'
import {
  OPERATIONS,
  type Operation,
  type OperationGroups,
  type ReadWrite,
} from '../../semantics/access/operation.ts'
import { NOTHING, type ResourceSet } from '../../semantics/access/resource-set.ts'
import {
  checkBasinListing,
  checkStreamListing,
  checkTokenListing,
  type Named,
} from '../../semantics/resources/names.ts'
import type { Rules } from '../../semantics/rules.ts'
import { readValue } from '../requests/malformed-value.ts'
import { oneOf, type Reader, readBoolean } from './config-json.ts'

/** The body of an issue request; throws `WireError` 'bad_json' for a wrong shape (CP-TOK-010, CP-TOK-017). */
export function readIssueRequest(value: JsonValue, rules: Rules): AccessToken {
  const object = readObject(value, 'the body')
  const id = readText(member(object, 'id'), 'id')
  return {
    id: readValue(rules.flavor, () => readNamed(rules.parseTokenId)(id, 'id')),
    scope: readScope(member(object, 'scope'), rules),
    autoPrefixStreams:
      optional(member(object, 'auto_prefix_streams'), 'auto_prefix_streams', readBoolean) ?? false,
    expiresAt: optional(member(object, 'expires_at'), 'expires_at', readInstant),
  }
}

/** CP-TOK-003. */
export function accessTokenPageToJson({ items, hasMore }: Page<AccessToken>): object {
  return { access_tokens: items.map(accessTokenToJson), has_more: hasMore }
}

/** CP-TOK-004, CP-TOK-005. */
function accessTokenToJson({ id, scope, autoPrefixStreams, expiresAt }: AccessToken): object {
  return {
    id,
    scope: {
      basins: resourceSetToJson(scope.basins),
      streams: resourceSetToJson(scope.streams),
      access_tokens: resourceSetToJson(scope.accessTokens),
      op_groups: scope.groups,
      ops: scope.ops,
    },
    auto_prefix_streams: autoPrefixStreams,
    expires_at: expiresAt === undefined ? null : formatInstant(expiresAt),
  }
}

/** CP-TOK-030 to CP-TOK-032. */
function readScope(value: JsonValue | undefined, rules: Rules): Scope {
  const scope = readObject(value, 'scope')
  const set = (key: string, parseName: Parse<string>, checkPrefix: typeof checkBasinListing): ResourceSet =>
    optional(member(scope, key), key, resourceSet(parseName, checkPrefix)) ?? NOTHING
  const granted = new Set(optional(member(scope, 'ops'), 'ops', readOperations))
  return {
    basins: set('basins', rules.parseBasinName, checkBasinListing),
    streams: set('streams', rules.parseStreamName, checkStreamListing),
    accessTokens: set('access_tokens', rules.parseTokenId, checkTokenListing),
    groups: readGroups(optional(member(scope, 'op_groups'), 'op_groups', readObject) ?? {}),
    ops: OPERATIONS.filter((operation) => granted.has(operation)),
  }
}

type Parse<Name> = (text: string) => Named<Name>

/** Exactly one of `{"exact"}`, which matches nothing if it is empty, and `{"prefix"}`. */
function resourceSet(parseName: Parse<string>, checkPrefix: typeof checkBasinListing): Reader<ResourceSet> {
  return (value, what) => {
    const object = readObject(value, what)
    const [key, ...others] = Object.keys(object)
    if ((key !== 'exact' && key !== 'prefix') || others.length > 0) {
      throw new WireError('bad_json', `${what} must have exactly one of the keys exact and prefix`)
    }
    const text = readText(member(object, key), `${what}.${key}`)
    if (key === 'exact')
      return text === '' ? NOTHING : { match: 'exact', name: readNamed(parseName)(text, what) }
    const misnamed = checkPrefix(text)
    if (misnamed !== undefined) throw notValid(what, misnamed.misnamed)
    return { match: 'prefix', prefix: text }
  }
}

const resourceSetToJson = (set: ResourceSet): object | null => {
  switch (set.match) {
    case 'none':
      return null
    case 'exact':
      return { exact: set.name }
    case 'prefix':
      return { prefix: set.prefix }
  }
}

/** Absent and `null` are false, at every level (CP-TOK-031). */
function readGroups(groups: JsonObject): OperationGroups {
  const group = (name: keyof OperationGroups): ReadWrite<boolean> => {
    const halves = optional(member(groups, name), name, readObject) ?? {}
    const half = (key: 'read' | 'write'): boolean =>
      optional(member(halves, key), `${name}.${key}`, readBoolean) ?? false
    return { read: half('read'), write: half('write') }
  }
  return { account: group('account'), basin: group('basin'), stream: group('stream') }
}

function readNamed<Name>(parse: Parse<Name>): Reader<Name> {
  return (value, what) => {
    const named = parse(readText(value, what))
    if ('misnamed' in named) throw notValid(what, named.misnamed)
    return named.name
  }
}

function readInstant(value: JsonValue, what: string): Instant {
  const instant = parseInstant(readText(value, what))
  if (instant === undefined) throw new WireError('bad_json', `${what} must be an RFC 3339 time`)
  return instant
}

const readOperations = (value: JsonValue, what: string): readonly Operation[] =>
  readList(value, what).map((operation) => oneOf(...OPERATIONS)(operation, what))

const notValid = (what: string, why: string): WireError =>
  new WireError('bad_json', `${what} is not valid: ${why}`)
