import { type Requirement, requirement } from '../../check/requirement.ts'
import { member } from '../members.ts'
import { isBefore, serverTime, untilServerTime } from '../server-time.ts'
import { timeOf } from '../times.ts'
import { askFor, expectNotIssued, issue, tokenInfo } from './tokens.ts'

const NEEDS = ['access-tokens', 'authentication'] as const

export const escalation: readonly Requirement[] = [
  requirement('CP-TOK-014', 'No escalation', { needs: NEEDS }, async (context) => {
    const { basin, newTokenIds, expect } = context
    const [family = '', id = '', within = ''] = newTokenIds('-', '-x', '-y')
    const expires = '2100-01-01T00:00:00Z'
    const scope = {
      basins: { prefix: basin.name },
      streams: { prefix: 'mine/' },
      access_tokens: { prefix: family },
      op_groups: { stream: { read: true } },
      ops: ['issue-access-token', 'append'],
    }
    const issuer = await issue(context, scope, { expires_at: expires })
    const small = { basins: { exact: basin.name }, streams: { prefix: 'mine/a' }, ops: ['append'] }
    const later = '2100-01-01T00:00:01Z'
    for (const [more, allowed] of [
      [{ scope: { ...small, ops: ['append', 'trim'] } }, DENIED],
      [{ scope: { ...small, op_groups: { stream: { write: true } } } }, DENIED],
      [{ scope: { ...small, basins: { prefix: basin.name.slice(0, -1) } } }, DENIED],
      [{ scope: { ...small, basins: { prefix: '' } } }, DENIED],
      [{ scope: { ...small, streams: { prefix: 'mine' } } }, DENIED],
      [{ scope: { ...small, streams: { exact: 'yours' } } }, DENIED],
      [{ scope: { ...small, access_tokens: { prefix: '' } } }, DENIED],
      [{ scope: small, expires_at: later }, [...DENIED, [422, 'invalid']]],
    ] as const) {
      expect.refusedAs(await askFor(context, { id, ...more }, issuer.bearer), allowed)
      await expectNotIssued(context, id)
    }
    const lesser = { ...small, op_groups: { stream: { read: true } }, access_tokens: { exact: `${family}z` } }
    await issue(context, lesser, { id: within, expires_at: '2099-12-31T23:59:59Z' }, issuer.bearer)
    expect.equal(member(await tokenInfo(context, within), 'id'), within, 'id of a token within the scope')
  }),

  requirement('CP-TOK-015', 'Inherited expiry', { needs: NEEDS }, async (context) => {
    const { newTokenIds, expect } = context
    const [family = '', inheriting = '', earlier = ''] = newTokenIds('-', '-x', '-y')
    const issuer = await issue(
      context,
      { ops: ['issue-access-token', 'read'], access_tokens: { prefix: family } },
      { expires_at: '2100-01-01T00:00:00Z' },
    )
    for (const [id, more, expires] of [
      [inheriting, {}, '2100-01-01T00:00:00Z'],
      [earlier, { expires_at: '2099-01-01T00:00:00Z' }, '2099-01-01T00:00:00Z'],
    ] as const) {
      await issue(context, { ops: ['read'] }, { id, ...more }, issuer.bearer)
      const told = member(await tokenInfo(context, id), 'expires_at')
      expect.equal(timeOf(expect, told), Date.parse(expires), 'expires_at')
    }
  }),

  requirement('CP-TOK-016', 'Expired token', { needs: NEEDS, seconds: 5 }, async (context) => {
    const { account, basin, expect } = context
    const now = await serverTime(context)
    const expires = now + 5000
    const scope = { ops: ['get-basin-config'], basins: { exact: basin.name } }
    const { bearer } = await issue(context, scope, { expires_at: new Date(expires).toISOString() })
    const ask = () => account.raw({ method: 'GET', path: `/basins/${basin.name}`, ...bearer })
    const first = await ask()
    // Taken after the answer: so the answer is no later than this.
    if (await isBefore(context, expires)) expect.ok(first)
    await untilServerTime(context, expires)
    expect.refused(await ask(), 401, 'authn')
  }),
]

const DENIED = [[403, 'permission_denied']] as const
