import type { Instant } from '../../../proto/types.ts'
import type { TokenId } from '../resources/names.ts'
import { isGranted, OPERATIONS, type Operation, type OperationGroups } from './operation.ts'
import { EVERYTHING, type ResourceSet } from './resource-set.ts'

/** What a token lets its holder do: these operations, on resources that are in all of the sets they touch. */
export interface Scope {
  readonly basins: ResourceSet
  readonly streams: ResourceSet
  readonly accessTokens: ResourceSet
  readonly groups: OperationGroups
  /** A set, in the order of `OPERATIONS` (CP-TOK-005). */
  readonly ops: readonly Operation[]
}

/** All that a scope permits somewhere, by itself or by a group, in the order of `OPERATIONS` (CP-TOK-033). */
export const effectiveOperations = ({ ops, groups }: Scope): readonly Operation[] =>
  OPERATIONS.filter((operation) => isGranted(operation, ops, groups))

/** All that decides what a request may do. */
export interface Principal {
  readonly scope: Scope
  /** Names of streams are told and given without the prefix of the scope (CP-TOK-050). */
  readonly autoPrefixStreams: boolean
  /** From then on the token is no longer one (CP-TOK-016); undefined for a permanent one. */
  readonly expiresAt: Instant | undefined
}

/** A token as it is listed: never with its secret (CP-TOK-004). */
export interface AccessToken extends Principal {
  readonly id: TokenId
}

const BOTH = { read: true, write: true }

/** Whoever owns the account, and everybody where tokens are not asked for. */
export const ROOT: Principal = {
  scope: {
    basins: EVERYTHING,
    streams: EVERYTHING,
    accessTokens: EVERYTHING,
    groups: { account: BOTH, basin: BOTH, stream: BOTH },
    ops: OPERATIONS,
  },
  autoPrefixStreams: false,
  expiresAt: undefined,
}

/**
 * From the very instant on (CP-TOK-016). That what has expired is as if it had been revoked, not listed and its id free, is
 * our choice: of listings CP-TOK-006 says it is unknown.
 */
export function isExpired({ expiresAt }: Pick<Principal, 'expiresAt'>, now: Instant): boolean {
  return expiresAt !== undefined && expiresAt <= now
}
