import type { Instant } from '../../../proto/types.ts'
import { invalid, type Refusal, refuse } from '../refusal.ts'
import { type AccessToken, effectiveOperations, isExpired, type Principal } from './access-token.ts'
import { isGranted } from './operation.ts'
import { isSubset } from './resource-set.ts'

/**
 * A new token. Without an expiry of its own it has its issuer's (CP-TOK-015). Our choice, where the documents are silent:
 * later changes to the issuer, its revocation among them, do not touch it; sets of streams are whole names, also where the
 * issuer's own names are prefixed; an expiry in the past is `invalid`, and one that is too late is `permission_denied`.
 *
 * Refused, in this order: as `invalid` if it permits nothing (CP-TOK-012), prefixes streams without a prefix
 * (CP-TOK-013) or has expired already; as `permission_denied` if it could do, reach or outlast anything that its issuer
 * cannot (CP-TOK-014); if `existing`, the token of this id, is still one (CP-TOK-011).
 */
export function issueAccessToken(
  issuer: Principal,
  wanted: AccessToken,
  existing: AccessToken | undefined,
  now: Instant,
): AccessToken | Refusal {
  const token = { ...wanted, expiresAt: wanted.expiresAt ?? issuer.expiresAt }
  return (
    checkToken(token, now) ??
    checkEscalation(issuer, token) ??
    (existing !== undefined && !isExpired(existing, now)
      ? refuse('resource_already_exists', 'there is an access token of this id already')
      : token)
  )
}

/** The first two sentences are those that the Rust SDK's tests look for. */
function checkToken(token: AccessToken, now: Instant): Refusal | undefined {
  if (effectiveOperations(token.scope).length === 0)
    return invalid('Access token permissions cannot be empty')
  if (token.autoPrefixStreams && token.scope.streams.match !== 'prefix') {
    return invalid('Auto prefixing is only allowed for streams with prefix matching')
  }
  return isExpired(token, now) ? invalid('expires_at must be in the future') : undefined
}

function checkEscalation(issuer: Principal, token: AccessToken): Refusal | undefined {
  const { ops, groups } = issuer.scope
  for (const operation of token.scope.ops) {
    if (!isGranted(operation, ops, groups)) return beyond(`permit ${operation}`)
  }
  // A group covers what is added to it later (CP-TOK-034), so the operations that it has today are not enough.
  for (const name of ['account', 'basin', 'stream'] as const) {
    for (const right of ['read', 'write'] as const) {
      if (token.scope.groups[name][right] && !groups[name][right]) return beyond(`permit ${right} of ${name}`)
    }
  }
  for (const kind of ['basins', 'streams', 'accessTokens'] as const) {
    if (!isSubset(token.scope[kind], issuer.scope[kind]))
      return beyond(`have this scope of ${SET_NAMES[kind]}`)
  }
  return outlasts(token, issuer) ? beyond('expire later') : undefined
}

const SET_NAMES = { basins: 'basins', streams: 'streams', accessTokens: 'access_tokens' } as const

function outlasts(token: Principal, issuer: Principal): boolean {
  if (issuer.expiresAt === undefined) return false
  return token.expiresAt === undefined || token.expiresAt > issuer.expiresAt
}

const beyond = (what: string): Refusal =>
  refuse(
    'permission_denied',
    `the issuing access token does not itself ${what}, so no token that it issues may`,
  )
