import { describe, expect, test } from 'vitest'
import type { Backend } from '../../backend/backend.ts'
import { type AccessToken, ROOT } from '../../semantics/access/access-token.ts'
import { NOTHING } from '../../semantics/access/resource-set.ts'
import { HOSTED } from '../../semantics/resources/flavor.ts'
import { NO_GROUPS, tokenId, tokenOf } from '../../testing/test-token.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

const path = '/v1/access-tokens'
const half = (read: boolean, write: boolean) => ({ read, write })
const MINIMAL: AccessToken = tokenOf('x')

const issuing: Partial<Backend> = { issueAccessToken: async () => ({ secret: 'shown once' }) }
const issue = (body: object | string): Asked => ({
  method: 'POST',
  url: path,
  headers: { 'content-type': 'application/json' },
  body,
})

describe('issue', () => {
  test.each<[object, AccessToken]>([
    [{ id: 'x', scope: { ops: ['read'] } }, MINIMAL],
    [
      {
        id: 'x',
        scope: { ops: ['read'], op_groups: null, basins: null, streams: { exact: '' }, access_tokens: null },
        expires_at: null,
        auto_prefix_streams: null,
        unknown: 1,
      },
      MINIMAL,
    ],
    [
      {
        id: 'user/é',
        scope: {
          basins: { prefix: '' },
          streams: { prefix: 'tenant/' },
          access_tokens: { exact: 'user/a' },
          op_groups: { account: { read: true, write: null }, basin: {}, stream: { write: true } },
          ops: ['fence', 'read', 'fence', 'list-locations'],
        },
        auto_prefix_streams: true,
        expires_at: '2030-01-01T01:00:00.5+01:00',
      },
      {
        id: tokenId('user/é'),
        scope: {
          basins: { match: 'prefix', prefix: '' },
          streams: { match: 'prefix', prefix: 'tenant/' },
          accessTokens: { match: 'exact', name: 'user/a' },
          groups: { account: half(true, false), basin: half(false, false), stream: half(false, true) },
          ops: ['read', 'fence', 'list-locations'],
        },
        autoPrefixStreams: true,
        expiresAt: 1_893_456_000_500_000_000n,
      },
    ],
  ])('%j (CP-TOK-010, CP-TOK-030 to CP-TOK-032)', async (body, token) => {
    const app = testApp(issuing)
    const answer = await app.ask(issue(body))
    expect(answer).toMatchObject({ status: 201, json: { access_token: 'shown once' } })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(app.calls).toEqual([{ operation: 'issueAccessToken', args: [ROOT, token] }])
  })

  test.each<object | string>([
    '{',
    '[]',
    {},
    { id: 'x' },
    { scope: { ops: ['read'] } },
    { id: '', scope: {} },
    { id: '..', scope: {} },
    { id: 'x'.repeat(97), scope: {} },
    { id: 'x\0', scope: {} },
    { id: 7, scope: {} },
    { id: 'x', scope: null },
    { id: 'x', scope: { ops: ['fly'] } },
    { id: 'x', scope: { ops: 'read' } },
    { id: 'x', scope: { op_groups: { stream: { read: 'yes' } } } },
    { id: 'x', scope: { op_groups: { stream: true } } },
    { id: 'x', scope: { basins: {} } },
    { id: 'x', scope: { basins: { exact: '', prefix: '' } } },
    { id: 'x', scope: { basins: { suffix: '' } } },
    { id: 'x', scope: { basins: { exact: 'short' } } },
    { id: 'x', scope: { basins: { prefix: '-a' } } },
    { id: 'x', scope: { streams: { exact: '..' } } },
    { id: 'x', scope: { streams: { prefix: 'x'.repeat(513) } } },
    { id: 'x', scope: { access_tokens: { exact: '.' } } },
    { id: 'x', scope: { access_tokens: { prefix: 'x'.repeat(97) } } },
    { id: 'x', scope: {}, expires_at: 'soon' },
    { id: 'x', scope: {}, expires_at: '2026-02-30T00:00:00Z' },
    { id: 'x', scope: {}, expires_at: 1_893_456_000 },
    { id: 'x', scope: {}, auto_prefix_streams: 'yes' },
  ])('a wrong body: %j (CP-TOK-002, CP-TOK-017)', async (body) => {
    const app = testApp()
    expect(await app.ask(issue(body))).toMatchObject({ status: 400, json: { code: 'bad_json' } })
    expect(app.calls).toEqual([])
  })

  test.each(['', '..', 'x'.repeat(97)])(
    'the id %j is invalid on the hosted service (CP-TOK-002)',
    async (id) => {
      const app = testApp({}, 'none', { flavor: HOSTED })
      const answer = await app.ask(issue({ id, scope: { ops: ['read'] } }))
      expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } })
    },
  )

  test('a body that is not declared as JSON', async () => {
    const app = testApp()
    const asked = {
      ...issue('{"id":"x","scope":{"ops":["read"]}}'),
      headers: { 'content-type': 'text/plain' },
    }
    expect(await app.ask(asked)).toMatchObject({ status: 400, json: { code: 'bad_json' } })
  })
})

describe('list', () => {
  test('the scope is told in full, and a set that matches nothing is null (CP-TOK-003 to CP-TOK-005)', async () => {
    const listed: AccessToken = {
      id: tokenId('user/é'),
      scope: {
        basins: { match: 'exact', name: 'basin-1-x' },
        streams: { match: 'prefix', prefix: 'tenant/' },
        accessTokens: NOTHING,
        groups: { ...NO_GROUPS, stream: half(true, false) },
        ops: ['list-basins', 'fence'],
      },
      autoPrefixStreams: true,
      expiresAt: 1_893_456_000_120_000_000n,
    }
    const app = testApp({ listAccessTokens: async () => ({ items: [listed, MINIMAL], hasMore: true }) })
    const answer = await app.ask({ url: `${path}?prefix=u&start_after=a&limit=2` })
    expect(answer.json).toEqual({
      access_tokens: [
        {
          id: 'user/é',
          scope: {
            basins: { exact: 'basin-1-x' },
            streams: { prefix: 'tenant/' },
            access_tokens: null,
            op_groups: { ...NO_GROUPS, stream: { read: true, write: false } },
            ops: ['list-basins', 'fence'],
          },
          auto_prefix_streams: true,
          expires_at: '2030-01-01T00:00:00.12Z',
        },
        {
          id: 'x',
          scope: { basins: null, streams: null, access_tokens: null, op_groups: NO_GROUPS, ops: ['read'] },
          auto_prefix_streams: false,
          expires_at: null,
        },
      ],
      has_more: true,
    })
    expect(app.calls).toEqual([
      { operation: 'listAccessTokens', args: [{ prefix: 'u', startAfter: 'a', limit: 2n }] },
    ])
  })

  test.each(['limit=x', `prefix=${'x'.repeat(97)}`, 'start_after=%00'])(
    'a wrong query: %s',
    async (query) => {
      const app = testApp()
      const answer = await app.ask({ url: `${path}?${query}` })
      expect(answer).toMatchObject({ status: 400, json: { code: 'bad_query' } })
    },
  )
})

describe('revoke', () => {
  test('204 without a body, and the id decoded once (CP-TOK-020)', async () => {
    const app = testApp({ revokeAccessToken: async () => undefined })
    const answer = await app.ask({ method: 'DELETE', url: `${path}/user%2Fa%2541` })
    expect(answer.status).toBe(204)
    expect(answer.body).toHaveLength(0)
    expect(answer.headers).not.toHaveProperty('content-length')
    expect(app.calls).toEqual([{ operation: 'revokeAccessToken', args: ['user/a%41'] }])
  })

  test.each(['x'.repeat(97), '%FF', 'a%00'])('a wrong id: %s', async (id) => {
    const app = testApp()
    const answer = await app.ask({ method: 'DELETE', url: `${path}/${id}` })
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_path' } })
  })
})
