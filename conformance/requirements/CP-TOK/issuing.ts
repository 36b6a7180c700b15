import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_JSON, BAD_PATH, BAD_QUERY } from '../malformed.ts'
import { member } from '../members.ts'
import { timeOf } from '../times.ts'
import { askFor, expectNotIssued, findToken, freshId, issue, revoke, tokenInfo } from './tokens.ts'

const NEEDS = ['access-tokens'] as const

const READ = { basins: { prefix: '' }, streams: { prefix: '' }, ops: ['read'] } as const

export const issuing: readonly Requirement[] = [
  requirement('CP-TOK-010', 'Issue', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const streams = { prefix: 'tenant/' }
    const secrets = new Set<string>()
    for (const [options, expires, prefixes] of [
      [{}, undefined, false],
      [{ expires_at: FAR_OFF, auto_prefix_streams: true }, Date.parse(FAR_OFF), true],
      [{ expires_at: null, auto_prefix_streams: null }, undefined, false],
      [{ auto_prefix_streams: false }, undefined, false],
    ] as const) {
      const { id, secret } = await issue(context, { ...READ, streams }, options)
      secrets.add(secret)
      const info = await tokenInfo(context, id)
      expect.equal(member(info, 'auto_prefix_streams'), prefixes, 'auto_prefix_streams')
      if (expires !== undefined)
        expect.equal(timeOf(expect, member(info, 'expires_at')), expires, 'expires_at')
    }
    expect.equal(secrets.size, 4, 'different secrets among four')
    const id = freshId(context)
    for (const body of [{ id }, { scope: READ }]) {
      expect.refusedAs(await askFor(context, body), BAD_JSON)
    }
    await expectNotIssued(context, id)
  }),

  requirement('CP-TOK-011', 'Duplicate id', { needs: NEEDS }, async (context) => {
    const { account, basin, expect } = context
    const first = await issue(context, { ops: ['get-basin-config'], basins: { exact: basin.name } })
    const before = await tokenInfo(context, first.id)
    for (const scope of [{ ops: ['get-basin-config'], basins: { exact: basin.name } }, READ]) {
      expect.refused(await askFor(context, { id: first.id, scope }), 409, 'resource_already_exists')
    }
    expect.equal(await findToken(context, first.id), before, 'the entry of the first token')
    expect.ok(await account.raw({ method: 'GET', path: `/basins/${basin.name}`, ...first.bearer }))
  }),

  requirement('CP-TOK-012', 'Empty permissions', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const sets = { basins: { prefix: '' }, streams: { prefix: '' }, access_tokens: { prefix: '' } }
    const off = { read: false, write: false }
    for (const granted of [
      {},
      { ops: [] },
      { op_groups: { account: off, basin: off, stream: off } },
      { ops: [], op_groups: { stream: {} } },
    ]) {
      const id = freshId(context)
      expect.refused(await askFor(context, { id, scope: { ...sets, ...granted } }), 422, 'invalid')
      await expectNotIssued(context, id)
    }
  }),

  requirement('CP-TOK-013', 'Auto-prefix needs a prefix', { needs: NEEDS }, async (context) => {
    const { basin, expect } = context
    const scope = { basins: { exact: basin.name }, ops: ['read'] }
    for (const streams of [{}, { streams: null }, { streams: { exact: 'mine' } }]) {
      const id = freshId(context)
      const body = { id, scope: { ...scope, ...streams }, auto_prefix_streams: true }
      expect.refused(await askFor(context, body), 422, 'invalid')
      await expectNotIssued(context, id)
      // The same without the wish for it is no mistake.
      await issue(context, { ...scope, ...streams }, { id })
    }
  }),

  requirement('CP-TOK-017', 'Body shape errors', { needs: NEEDS }, async (context) => {
    const { basin, expect } = context
    const id = freshId(context)
    for (const body of [
      { id },
      { id, scope: null },
      { id, scope: { ops: ['fly'] } },
      { id, scope: { ops: ['read', 'Read'] } },
      { id, scope: { ops: 'read' } },
      { id, scope: { ...READ, basins: { exact: basin.name, prefix: 's2c' } } },
      { id, scope: { ...READ, streams: { exact: 'a', prefix: 'a' } } },
      { id, scope: { ...READ, access_tokens: { exact: 'a', prefix: 'a' } } },
    ]) {
      expect.refused(await askFor(context, body), 400, 'bad_json')
    }
    await expectNotIssued(context, id)
  }),

  requirement('CP-TOK-002', 'Token id', { needs: NEEDS }, async (context) => {
    const { account, newTokenIds, newTokenIdOf, expect } = context
    for (const id of [...newTokenIds('', '/ö ?#%.', '..'), newTokenIdOf(96)]) {
      await issue(context, READ, { id })
      expect.equal(member(await tokenInfo(context, id), 'id'), id, 'id of the entry')
      expect.status(await revoke(context, id), 204)
    }
    for (const id of ['', '.', '..', 'x'.repeat(97), 'ö'.repeat(49)]) {
      expect.refusedAs(await askFor(context, { id, scope: READ }), BAD_JSON)
    }
    for (const id of ['%2E%2E', '%2E', 'x'.repeat(97), '%C3%B6'.repeat(49)]) {
      expect.refusedAs(await account.raw({ method: 'DELETE', path: `/access-tokens/${id}` }), BAD_PATH)
    }
    for (const key of ['prefix', 'start_after']) {
      for (const value of ['', '.', '..', 'x'.repeat(96)]) {
        expect.ok(await account.raw({ method: 'GET', path: `/access-tokens?limit=1&${key}=${value}` }))
      }
      const long = { method: 'GET', path: `/access-tokens?limit=1&${key}=${'x'.repeat(97)}` }
      expect.refusedAs(await account.raw(long), BAD_QUERY)
    }
  }),
]

const FAR_OFF = '2100-01-01T00:00:00Z'
