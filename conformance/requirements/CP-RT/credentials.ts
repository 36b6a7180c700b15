import { type Requirement, requirement } from '../../check/requirement.ts'
import { ask, covering, newPlace, OPERATIONS } from '../CP-TOK/operations.ts'
import { issue, revoke } from '../CP-TOK/tokens.ts'
import { isBefore, serverTime, untilServerTime } from '../server-time.ts'

/** The docs say 401; tests of the SDKs take both. */
const REFUSED = [
  [401, 'authn'],
  [403, 'permission_denied'],
] as const

export const credentials: readonly Requirement[] = [
  requirement('CP-RT-060', 'Bearer token required', { needs: ['authentication'] }, async (context) => {
    const place = await newPlace(context)
    for (const operation of OPERATIONS) {
      const answer = await ask(context, place, operation, { without: ['authorization'] })
      context.expect.refusedAs(answer, REFUSED)
    }
    const { seqNum } = context.expect.ok(await context.basin.stream(place.stream).checkTail())
    context.expect.equal(seqNum, 1n, 'tail.seq_num: nothing was appended')
  }),

  requirement(
    'CP-RT-061',
    'Bad credential',
    { needs: ['authentication', 'access-tokens'], seconds: 5 },
    async (context) => {
      const { account, basin, expect, eventually } = context
      const asking = { method: 'GET', path: `/basins/${basin.name}` }
      const scope = { ops: ['get-basin-config'], basins: { exact: basin.name } }
      const revoked = await issue(context, scope)
      const expires = (await serverTime(context)) + 5000
      const expired = await issue(context, scope, { expires_at: new Date(expires).toISOString() })
      // What was never good says nothing of what is bad now.
      expect.ok(await account.raw({ ...asking, ...revoked.bearer }))
      const early = await account.raw({ ...asking, ...expired.bearer })
      if (await isBefore(context, expires)) expect.ok(early)
      expect.status(await revoke(context, revoked.id), 204)
      await untilServerTime(context, expires)
      const bearing = (authorization: string) => ({ headers: { authorization } })
      for (const credential of [
        { without: ['authorization'] },
        bearing(''),
        bearing('Bearer'),
        bearing('Bearer not-a-token'),
        bearing('Basic dXNlcjpwYXNz'),
        bearing(revoked.secret),
        revoked.bearer,
        expired.bearer,
      ]) {
        const request = { ...asking, ...credential }
        const answer = await eventually('the credential is refused', 60, async () => {
          const asked = await account.raw(request)
          return asked.status === 200 ? undefined : asked
        })
        expect.refusedAs(answer, REFUSED)
      }
    },
  ),

  requirement(
    'CP-RT-062',
    'No permission',
    { needs: ['authentication', 'access-tokens'] },
    async (context) => {
      const place = await newPlace(context)
      const everywhere = covering(['basins', 'streams', 'access_tokens'])
      for (const only of ['read', 'list-basins'] as const) {
        const { bearer } = await issue(context, { ...everywhere, ops: [only] })
        for (const operation of OPERATIONS) {
          const answer = await ask(context, place, operation, bearer)
          if (operation.op === only) context.expect.status(answer, 200)
          else context.expect.refused(answer, 403, 'permission_denied')
        }
      }
      const { seqNum } = context.expect.ok(await context.basin.stream(place.stream).checkTail())
      context.expect.equal(seqNum, 1n, 'tail.seq_num: nothing was appended')
    },
  ),
]
