import { formatInstant, parseInstant } from '../../proto/instant.ts'
import type { JsonValue } from '../../proto/json.ts'
import { member, optional, readList, readObject, readText } from '../../proto/json-shape.ts'
import type { Instant } from '../../proto/types.ts'
import type { AccessToken, Scope } from '../semantics/access/access-token.ts'
import { OPERATIONS, type OperationGroups, type ReadWrite } from '../semantics/access/operation.ts'
import type { ResourceSet } from '../semantics/access/resource-set.ts'
import type { TokenId } from '../semantics/resources/names.ts'
import { StoreError } from './store-error.ts'
import { decodeJson, encodeJson, oneOf, readFlag } from './stored-config.ts'

/** What is kept of an access token: not the secret, only its digest. */
export interface StoredAccessToken extends AccessToken {
  /** SHA-256 of the secret, in base64url. */
  readonly digest: string
}

export const encodeAccessToken = ({ expiresAt, ...token }: StoredAccessToken): Uint8Array =>
  encodeJson({ ...token, expiresAt: expiresAt === undefined ? undefined : formatInstant(expiresAt) })

/** The id was parsed before it was stored. */
export const decodeAccessToken = (bytes: Uint8Array): StoredAccessToken =>
  decodeJson(bytes, 'access token', (token) => ({
    id: readText(member(token, 'id'), 'id') as TokenId,
    digest: readText(member(token, 'digest'), 'digest'),
    scope: readScope(member(token, 'scope')),
    autoPrefixStreams: readFlag(member(token, 'autoPrefixStreams'), 'autoPrefixStreams'),
    expiresAt: optional(member(token, 'expiresAt'), 'expiresAt', readInstant),
  }))

function readScope(value: JsonValue | undefined): Scope {
  const scope = readObject(value, 'scope')
  return {
    basins: readSet(member(scope, 'basins')),
    streams: readSet(member(scope, 'streams')),
    accessTokens: readSet(member(scope, 'accessTokens')),
    groups: readGroups(member(scope, 'groups')),
    ops: readList(member(scope, 'ops'), 'ops').map((operation) => oneOf(OPERATIONS)(operation, 'ops')),
  }
}

function readSet(value: JsonValue | undefined): ResourceSet {
  const set = readObject(value, 'a resource set')
  const match = oneOf(['none', 'exact', 'prefix'] as const)(member(set, 'match'), 'match')
  if (match === 'none') return { match }
  return match === 'exact'
    ? { match, name: readText(member(set, 'name'), 'name') }
    : { match, prefix: readText(member(set, 'prefix'), 'prefix') }
}

function readGroups(value: JsonValue | undefined): OperationGroups {
  const groups = readObject(value, 'groups')
  const half = (name: keyof OperationGroups): ReadWrite<boolean> => {
    const group = readObject(member(groups, name), name)
    return { read: readFlag(member(group, 'read'), 'read'), write: readFlag(member(group, 'write'), 'write') }
  }
  return { account: half('account'), basin: half('basin'), stream: half('stream') }
}

function readInstant(value: JsonValue, what: string): Instant {
  const instant = parseInstant(readText(value, what))
  if (instant === undefined) throw new StoreError('corrupt', `${what} is no time`)
  return instant
}
