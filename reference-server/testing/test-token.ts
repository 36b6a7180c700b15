import type { AccessToken, Scope } from '../semantics/access/access-token.ts'
import type { OperationGroups } from '../semantics/access/operation.ts'
import { NOTHING } from '../semantics/access/resource-set.ts'
import { parseTokenId, type TokenId } from '../semantics/resources/names.ts'

export const NO_GROUPS: OperationGroups = {
  account: { read: false, write: false },
  basin: { read: false, write: false },
  stream: { read: false, write: false },
}

export function tokenId(text: string): TokenId {
  const parsed = parseTokenId(text)
  if ('misnamed' in parsed) throw new Error(parsed.misnamed)
  return parsed.name
}

/** A permanent token that may read, were there anything in its scope; and what is given. */
export const tokenOf = (
  id: string,
  scope: Partial<Scope> = {},
  rest: Partial<Omit<AccessToken, 'id' | 'scope'>> = {},
): AccessToken => ({
  id: tokenId(id),
  scope: {
    basins: NOTHING,
    streams: NOTHING,
    accessTokens: NOTHING,
    groups: NO_GROUPS,
    ops: ['read'],
    ...scope,
  },
  autoPrefixStreams: false,
  expiresAt: undefined,
  ...rest,
})
