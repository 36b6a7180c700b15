import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { name, principals, streamNames, wantedBy } from '../../testing/arbitrary-tokens.ts'
import { isRefusal } from '../refusal.ts'
import type { TokenId } from '../resources/names.ts'
import { type AccessToken, type Principal, ROOT, type Scope } from './access-token.ts'
import { addPrefix } from './auto-prefix.ts'
import { issueAccessToken } from './issue.ts'
import { OPERATIONS } from './operation.ts'
import { permits, type Resources } from './permission.ts'
import { NOTHING, type ResourceSet } from './resource-set.ts'

const SCOPE: Scope = {
  basins: NOTHING,
  streams: NOTHING,
  accessTokens: NOTHING,
  groups: {
    account: { read: false, write: false },
    basin: { read: false, write: false },
    stream: { read: false, write: false },
  },
  ops: ['append', 'read'],
}

const token = (scope: Partial<Scope> = {}, rest: Partial<AccessToken> = {}): AccessToken => ({
  id: 'mine' as TokenId,
  scope: { ...SCOPE, ...scope },
  autoPrefixStreams: false,
  expiresAt: undefined,
  ...rest,
})

const NOW = 10n
const refused = (code: string, message = '') =>
  expect.objectContaining({ refusal: 'error', code, message: expect.stringContaining(message) })
const prefix = (prefix: string): ResourceSet => ({ match: 'prefix', prefix })
const exact = (name: string): ResourceSet => ({ match: 'exact', name })

describe('the owner may issue', () => {
  test('a permanent token, and one that expires (CP-TOK-010, CP-TOK-015)', () => {
    expect(issueAccessToken(ROOT, token(), undefined, NOW)).toEqual(token())
    const short = token({}, { expiresAt: 11n })
    expect(issueAccessToken(ROOT, short, undefined, NOW)).toEqual(short)
  })

  test('no token that permits nothing (CP-TOK-012)', () => {
    const nothing = token({ ops: [], basins: prefix('') })
    expect(issueAccessToken(ROOT, nothing, undefined, NOW)).toEqual(refused('invalid', 'cannot be empty'))
    const byGroup = token({ ops: [], groups: { ...SCOPE.groups, stream: { read: true, write: false } } })
    expect(issueAccessToken(ROOT, byGroup, undefined, NOW)).toEqual(byGroup)
  })

  test.each<[ResourceSet, boolean]>([
    [NOTHING, false],
    [exact('tenant/a'), false],
    [prefix('tenant/'), true],
    [prefix(''), true],
  ])('prefixed streams with the scope %j: %s (CP-TOK-013)', (streams, allowed) => {
    const wanted = token({ streams }, { autoPrefixStreams: true })
    const outcome = issueAccessToken(ROOT, wanted, undefined, NOW)
    expect(outcome).toEqual(allowed ? wanted : refused('invalid', 'prefix'))
  })

  test.each([10n, 9n])('no token that has expired at %i', (expiresAt) => {
    const outcome = issueAccessToken(ROOT, token({}, { expiresAt }), undefined, NOW)
    expect(outcome).toEqual(refused('invalid', 'future'))
  })

  test('an id again only when its token is none any more (CP-TOK-011)', () => {
    const again = refused('resource_already_exists')
    expect(issueAccessToken(ROOT, token(), token(), NOW)).toEqual(again)
    expect(issueAccessToken(ROOT, token(), token({}, { expiresAt: 11n }), NOW)).toEqual(again)
    expect(issueAccessToken(ROOT, token(), token({}, { expiresAt: 10n }), NOW)).toEqual(token())
  })
})

describe('the holder of a token may not issue', () => {
  const issuer = (scope: Partial<Scope>, rest: Partial<Principal> = {}): Principal => token(scope, rest)
  const denied = (what: string) => refused('permission_denied', what)

  test.each<[string, Principal, AccessToken]>([
    ['permit create-basin', issuer({}), token({ ops: ['append', 'create-basin'] })],
    [
      'permit write of stream',
      issuer({ ops: OPERATIONS }),
      token({ ops: [], groups: { ...SCOPE.groups, stream: { read: false, write: true } } }),
    ],
    ['have this scope of basins', issuer({ basins: exact('basin-a') }), token({ basins: prefix('') })],
    ['have this scope of streams', issuer({ streams: prefix('a/') }), token({ streams: exact('b') })],
    ['have this scope of access_tokens', issuer({}), token({ accessTokens: exact('t') })],
    ['expire later', issuer({}, { expiresAt: 20n }), token({}, { expiresAt: 21n })],
  ])('what would %s (CP-TOK-014)', (what, issuer, wanted) => {
    expect(issueAccessToken(issuer, wanted, undefined, NOW)).toEqual(denied(what))
  })

  test('but what lies within, and lives no longer than itself (CP-TOK-014, CP-TOK-015)', () => {
    const limited = issuer({ basins: prefix('team-'), streams: prefix('a/') }, { expiresAt: 20n })
    const within = token({ basins: exact('team-a-1'), streams: prefix('a/b/'), ops: ['read'] })
    expect(issueAccessToken(limited, within, undefined, NOW)).toEqual({ ...within, expiresAt: 20n })
    const sooner = { ...within, expiresAt: 15n }
    expect(issueAccessToken(limited, sooner, undefined, NOW)).toEqual(sooner)
  })

  test('what is no token at all, which it is told first', () => {
    const nothing = token({ ops: [], basins: prefix('') })
    expect(issueAccessToken(issuer({}), nothing, undefined, NOW)).toEqual(
      refused('invalid', 'cannot be empty'),
    )
  })

  test('as a repeat what it may not issue at all', () => {
    const outcome = issueAccessToken(issuer({}), token({ ops: ['fence'] }), token(), NOW)
    expect(outcome).toEqual(denied('permit fence'))
  })
})

const issuing = principals.chain((issuer) => fc.tuple(fc.constant(issuer), wantedBy(issuer)))

test('no issued token can do, reach or outlast what its issuer cannot (CP-TOK-014)', () => {
  fc.assert(
    fc.property(issuing, name, streamNames, ([issuer, wanted], basin, stream) => {
      const outcome = issueAccessToken(issuer, wanted, undefined, 0n)
      if (isRefusal(outcome)) return
      const whole = addPrefix(outcome, stream)
      if ('misnamed' in whole) throw new Error(whole.misnamed)
      const touched: readonly Resources[] = [
        {},
        { basin },
        { accessToken: basin },
        { basin, stream: whole.name },
      ]
      for (const operation of OPERATIONS) {
        for (const resources of touched) {
          if (permits(outcome, operation, resources)) expect(permits(issuer, operation, resources)).toBe(true)
        }
      }
      if (issuer.expiresAt !== undefined) expect(outcome.expiresAt).toBeLessThanOrEqual(issuer.expiresAt)
    }),
    { numRuns: 1000 },
  )
})

test('the generated tokens are issued and refused, with a fixed seed', () => {
  const outcomes = fc
    .sample(issuing, { numRuns: 1000, seed: 1 })
    .map(([issuer, wanted]) => isRefusal(issueAccessToken(issuer, wanted, undefined, 0n)))
  expect(outcomes.filter((refused) => refused).length).toBeGreaterThan(50)
  expect(outcomes.filter((refused) => !refused).length).toBeGreaterThan(50)
})
