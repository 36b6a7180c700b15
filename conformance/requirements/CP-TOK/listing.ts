import { textOf } from '../../by-hand/requests.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { keysOf, member } from '../members.ts'
import { timeOf } from '../times.ts'
import { findToken, idsOf, issue, listTokens, revoke, tokenInfo } from './tokens.ts'

const NEEDS = ['access-tokens'] as const

const SCOPE = { ops: ['read'], basins: { prefix: '' }, streams: { prefix: '' } } as const

export const listing: readonly Requirement[] = [
  requirement('CP-TOK-003', 'List', { needs: NEEDS }, async (context) => {
    const { newTokenIds, expect, eventually } = context
    const [prefix = '', ...ids] = newTokenIds('-', '-b', '-a/', '-a', '-B', '-ä')
    for (const id of ids) await issue(context, SCOPE, { id })
    const ordered = ['B', 'a', 'a/', 'b', 'ä'].map((end) => `${prefix}${end}`)
    await eventually('the new tokens are listed', 30, async () =>
      (await listTokens(context, { prefix })).tokens.length === ids.length ? true : undefined,
    )
    const [first = '', second = '', third = '', fourth = '', last = ''] = ordered
    for (const [query, expected, more] of [
      [{ prefix }, ordered, false],
      [{ prefix, limit: 5 }, ordered, false],
      [{ prefix, limit: 4 }, ordered.slice(0, 4), true],
      [{ prefix: `${prefix}a` }, [second, third], false],
      [{ prefix: `${prefix}a`, limit: 1 }, [second], true],
      [{ prefix, start_after: second }, [third, fourth, last], false],
      [{ prefix, start_after: `${second}0` }, [fourth, last], false],
      [{ prefix, start_after: prefix, limit: 1 }, [first], true],
      [{ prefix, start_after: last }, [], false],
      [{ prefix: `${prefix}c` }, [], false],
    ] as const) {
      const page = await listTokens(context, query)
      expect.equal([idsOf(page), page.hasMore], [expected, more], `the listing of ${JSON.stringify(query)}`)
    }
    for (const limit of [1, 2, 3]) {
      const visited: string[] = []
      for (let more = true; more; ) {
        const page = await listTokens(context, { prefix, limit, start_after: visited.at(-1) ?? '' })
        visited.push(...idsOf(page).map(String))
        expect.that(visited.length <= ids.length, 'every id is visited once', visited)
        expect.that(page.tokens.length > 0, 'a page on the way is not empty', visited)
        more = page.hasMore === true
      }
      expect.equal(visited, ordered, `ids visited in pages of ${limit}`)
    }
  }),

  requirement('CP-TOK-004', 'AccessTokenInfo', { needs: NEEDS }, async (context) => {
    const { account, expect } = context
    const streams = { prefix: 'tenant/' }
    const options = { expires_at: '2100-01-01T00:00:00Z', auto_prefix_streams: true }
    for (const more of [options, {}]) {
      const { id, secret } = await issue(context, { ...SCOPE, streams }, more)
      const info = await tokenInfo(context, id)
      const missing = ['auto_prefix_streams', 'expires_at', 'id', 'scope'].filter(
        (key) => !keysOf(info).includes(key),
      )
      expect.equal(missing, [], 'keys that are missing')
      expect.equal(typeof member(info, 'scope'), 'object', 'type of scope')
      expect.equal(member(info, 'auto_prefix_streams'), more === options, 'auto_prefix_streams')
      if (more === options) {
        expect.equal(timeOf(expect, member(info, 'expires_at')), FAR_OFF, 'expires_at')
      } else if (member(info, 'expires_at') !== null) timeOf(expect, member(info, 'expires_at'))
      const page = await account.raw({ method: 'GET', path: `/access-tokens?prefix=${id}` })
      expect.that(!textOf(page).includes(secret), 'a listing without the secret', textOf(page))
    }
  }),

  requirement('CP-TOK-005', '`scope` is normalised', { needs: NEEDS }, async (context) => {
    const { basin, expect } = context
    const off = { read: false, write: false }
    for (const [scope, echo] of [
      [
        { ops: ['read', 'append', 'read'] },
        {
          basins: null,
          streams: null,
          access_tokens: null,
          op_groups: { account: off, basin: off, stream: off },
          ops: ['append', 'read'],
        },
      ],
      [
        {
          basins: { exact: basin.name },
          streams: { prefix: '' },
          access_tokens: { exact: '' },
          op_groups: { stream: { read: true }, basin: { write: true, read: false } },
        },
        {
          basins: { exact: basin.name },
          streams: { prefix: '' },
          access_tokens: null,
          op_groups: {
            account: off,
            basin: { read: false, write: true },
            stream: { read: true, write: false },
          },
          ops: [],
        },
      ],
    ] as const) {
      const { id } = await issue(context, scope)
      const came = member(await tokenInfo(context, id), 'scope')
      const ops = member(came, 'ops')
      const sorted = Array.isArray(ops) ? ops.map(String).toSorted() : ops
      for (const key of ['basins', 'streams', 'access_tokens', 'op_groups'] as const) {
        expect.equal<unknown>(member(came, key), echo[key], `scope.${key}`)
      }
      expect.equal<unknown>(sorted, echo.ops, 'scope.ops, sorted')
    }
  }),

  requirement('CP-TOK-006', 'Revoked tokens are not listed', { needs: NEEDS }, async (context) => {
    const { expect, eventually } = context
    const [kept, revoked] = [await issue(context, SCOPE), await issue(context, SCOPE)]
    await tokenInfo(context, revoked.id)
    expect.status(await revoke(context, revoked.id), 204)
    await eventually('the revoked token is not listed any more', 30, async () =>
      (await findToken(context, revoked.id)) === undefined ? true : undefined,
    )
    expect.equal(member(await tokenInfo(context, kept.id), 'id'), kept.id, 'id of the other one')
  }),
]

const FAR_OFF = Date.parse('2100-01-01T00:00:00Z')
