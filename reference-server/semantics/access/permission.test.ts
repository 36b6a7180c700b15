import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { name, principals } from '../../testing/arbitrary-tokens.ts'
import { batch, fence, trim } from '../../testing/test-backend.ts'
import { effectiveOperations, type Principal, ROOT } from './access-token.ts'
import { OPERATIONS, type Operation } from './operation.ts'
import { operationsOf, permissionDenied, permits, type Resources } from './permission.ts'
import { includes } from './resource-set.ts'

const reader: Principal = {
  scope: {
    basins: { match: 'prefix', prefix: 'team-a' },
    streams: { match: 'exact', name: 'log' },
    accessTokens: { match: 'exact', name: 'mine' },
    groups: {
      account: { read: false, write: false },
      basin: { read: false, write: false },
      stream: { read: true, write: false },
    },
    ops: ['list-streams', 'issue-access-token'],
  },
  autoPrefixStreams: false,
  expiresAt: undefined,
}

describe('an operation', () => {
  test.each<[Operation, Resources, boolean]>([
    ['read', { basin: 'team-a-1', stream: 'log' }, true],
    ['check-tail', { basin: 'team-a-1', stream: 'log' }, true],
    ['append', { basin: 'team-a-1', stream: 'log' }, false],
    ['read', { basin: 'team-b-1', stream: 'log' }, false],
    ['read', { basin: 'team-a-1', stream: 'logs' }, false],
    ['list-streams', { basin: 'team-a-1' }, true],
    ['list-streams', { basin: 'team-b-1' }, false],
    ['list-basins', {}, false],
    ['issue-access-token', { accessToken: 'mine' }, true],
    ['issue-access-token', { accessToken: 'other' }, false],
    ['revoke-access-token', { accessToken: 'mine' }, false],
  ])('%s on %j is permitted: %s (CP-TOK-040)', (operation, resources, expected) => {
    expect(permits(reader, operation, resources)).toBe(expected)
  })

  test('the owner of the account may do everything', () => {
    for (const operation of OPERATIONS) {
      expect(permits(ROOT, operation, { basin: 'b', stream: 's', accessToken: 't' })).toBe(true)
    }
  })

  test('needs to be granted, and every resource to be in scope', () => {
    const resources = fc.record(
      { basin: name, stream: name, accessToken: name },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Resources>
    fc.assert(
      fc.property(
        principals,
        fc.constantFrom(...OPERATIONS),
        resources,
        (principal, operation, resources) => {
          const { scope } = principal
          const { basin, stream, accessToken } = resources
          const inScope = [
            basin === undefined || includes(scope.basins, basin),
            stream === undefined || includes(scope.streams, stream),
            accessToken === undefined || includes(scope.accessTokens, accessToken),
          ]
          const granted = effectiveOperations(scope).includes(operation)
          expect(permits(principal, operation, resources)).toBe(granted && inScope.every(Boolean))
        },
      ),
    )
  })
})

test('the refusal says which operation is not permitted (CP-TOK-040)', () => {
  expect(permissionDenied('trim')).toMatchObject({
    code: 'permission_denied',
    message: expect.stringContaining('trim'),
  })
})

test('commands need their own operation beside append (CP-TOK-043, CMD-028)', () => {
  expect(operationsOf(batch(['a', 'b']))).toEqual(['append'])
  expect(operationsOf(fence('t'))).toEqual(['append', 'fence'])
  expect(operationsOf(trim(1n))).toEqual(['append', 'trim'])
  const mixed = {
    ...fence('t'),
    records: [...batch(['a']).records, ...trim(1n).records, ...fence('t').records],
  }
  expect(operationsOf(mixed)).toEqual(['append', 'trim', 'fence'])
})
