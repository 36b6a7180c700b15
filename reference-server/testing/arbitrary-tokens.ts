import fc from 'fast-check'
import type { AccessToken, Principal, Scope } from '../semantics/access/access-token.ts'
import { OPERATIONS, type OperationGroups } from '../semantics/access/operation.ts'
import type { ResourceSet } from '../semantics/access/resource-set.ts'
import type { StreamName, TokenId } from '../semantics/resources/names.ts'

/** Few letters, so that names meet the sets they are compared with. */
export const name: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom('a', 'b', '/'),
  minLength: 1,
  maxLength: 4,
})

export const streamNames: fc.Arbitrary<StreamName> = name as fc.Arbitrary<StreamName>

export const resourceSets: fc.Arbitrary<ResourceSet> = fc.oneof(
  fc.constant({ match: 'none' } as const),
  fc.record({ match: fc.constant('exact' as const), name }),
  fc.record({ match: fc.constant('prefix' as const), prefix: fc.oneof(fc.constant(''), name) }),
)

const half = fc.record({ read: fc.boolean(), write: fc.boolean() })

const groups: fc.Arbitrary<OperationGroups> = fc.record({ account: half, basin: half, stream: half })

const none: OperationGroups = {
  account: { read: false, write: false },
  basin: { read: false, write: false },
  stream: { read: false, write: false },
}

export const scopes: fc.Arbitrary<Scope> = fc.record({
  basins: resourceSets,
  streams: resourceSets,
  accessTokens: resourceSets,
  groups: fc.oneof(groups, fc.constant(none)),
  ops: fc.subarray([...OPERATIONS]),
})

const expiry = fc.option(fc.bigInt({ min: 1n, max: 20n }), { nil: undefined })

export const principals: fc.Arbitrary<Principal> = fc.record({
  scope: scopes,
  autoPrefixStreams: fc.boolean(),
  expiresAt: expiry,
})

/** A token that its issuer may ask for: of what the issuer has, some things are as they are and others are anything. */
export const wantedBy = (issuer: Principal): fc.Arbitrary<AccessToken> => {
  const own = <Value>(value: Value, any: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: any })
  const { scope } = issuer
  return fc.record({
    id: fc.constant('a-token' as TokenId),
    scope: fc.record({
      basins: own(scope.basins, resourceSets),
      streams: own(scope.streams, resourceSets),
      accessTokens: own(scope.accessTokens, resourceSets),
      groups: own(scope.groups, groups),
      ops: fc.oneof(
        { weight: 4, arbitrary: fc.subarray([...scope.ops]) },
        { weight: 1, arbitrary: fc.subarray([...OPERATIONS]) },
      ),
    }),
    autoPrefixStreams: fc.boolean(),
    expiresAt: own(issuer.expiresAt, expiry),
  })
}
