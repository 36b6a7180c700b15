import { textOf } from '../../by-hand/requests.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { member } from '../members.ts'
import { expectNotIssued, findToken, freshId, issue, revoke, tokenInfo } from './tokens.ts'

export const revoking: readonly Requirement[] = [
  requirement('CP-TOK-020', 'Revoke', { needs: ['access-tokens'] }, async (context) => {
    const { newTokenIds, expect, eventually } = context
    const ids = newTokenIds('', '/a/b', '%2F', ' ?#ö')
    for (const id of ids) await issue(context, { ops: ['read'] }, { id })
    for (const id of ids) {
      await tokenInfo(context, id)
      const answer = await revoke(context, id)
      expect.status(answer, 204)
      expect.equal(textOf(answer), '', 'body of the 204')
      await eventually(`the token ${id} is gone`, 30, async () =>
        (await findToken(context, id)) === undefined ? true : undefined,
      )
    }
  }),

  requirement('CP-TOK-021', 'Revoke an unknown id', { needs: ['access-tokens'] }, async (context) => {
    const { expect } = context
    expect.refused(await revoke(context, freshId(context)), 404, 'access_token_not_found')
    const { id } = await issue(context, { ops: ['read'] })
    expect.status(await revoke(context, id), 204)
    expect.refused(await revoke(context, id), 404, 'access_token_not_found')
    await expectNotIssued(context, id)
  }),

  requirement(
    'CP-TOK-022',
    'Revoked token',
    { needs: ['access-tokens', 'authentication'] },
    async (context) => {
      const { account, basin, expect, eventually } = context
      const scope = { ops: ['get-basin-config'], basins: { exact: basin.name } }
      const [kept, revoked] = [await issue(context, scope), await issue(context, scope)]
      const ask = { method: 'GET', path: `/basins/${basin.name}` }
      for (const { bearer } of [kept, revoked]) expect.ok(await account.raw({ ...ask, ...bearer }))
      expect.status(await revoke(context, revoked.id), 204)
      const refused = await eventually('the revoked token is refused', 60, async () => {
        const answer = await account.raw({ ...ask, ...revoked.bearer })
        return answer.status === 200 ? undefined : answer
      })
      expect.refused(refused, 401, 'authn')
      expect.ok(await account.raw({ ...ask, ...kept.bearer }))
    },
  ),

  requirement('CP-TOK-023', 'Id is free again', { needs: ['access-tokens'] }, async (context) => {
    const { basin, expect } = context
    const first = await issue(context, { ops: ['read'] })
    expect.status(await revoke(context, first.id), 204)
    const scope = { ops: ['append'], basins: { exact: basin.name } }
    const second = await issue(context, scope, { id: first.id })
    expect.that(first.secret !== second.secret, 'another secret', 'the same one')
    const info = await tokenInfo(context, first.id)
    expect.equal(member(member(info, 'scope'), 'ops'), ['append'], 'ops of the new token')
  }),

  requirement(
    'CP-TOK-044',
    'Revoke out of scope',
    { needs: ['access-tokens', 'authentication'] },
    async (context) => {
      const { newTokenIds, expect } = context
      const [mine = '', other = ''] = newTokenIds('-mine', '-other')
      for (const id of [mine, other]) await issue(context, { ops: ['read'] }, { id })
      const holder = await issue(context, { ops: ['revoke-access-token'], access_tokens: { exact: mine } })
      await tokenInfo(context, other)
      expect.refused(await revoke(context, other, holder.bearer), 403, 'permission_denied')
      expect.equal(member(await tokenInfo(context, other), 'id'), other, 'id of the token that stays')
      expect.status(await revoke(context, mine, holder.bearer), 204)
    },
  ),
]
