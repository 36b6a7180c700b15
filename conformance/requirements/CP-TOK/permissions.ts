import type { CheckContext } from '../../check/context.ts'
import { type Requirement, requirement } from '../../check/requirement.ts'
import { BAD_JSON } from '../malformed.ts'
import { member } from '../members.ts'
import { ask, covering, newPlace, OPERATIONS, type Operation, type Place } from './operations.ts'
import { askFor, type Bearer, freshId, issue, type ResourceSetBody, revoke, tokenInfo } from './tokens.ts'

const NEEDS = ['access-tokens', 'authentication'] as const

const EVERYWHERE = { basins: { prefix: '' }, streams: { prefix: '' }, access_tokens: { prefix: '' } }

export const permissions: readonly Requirement[] = [
  requirement('CP-TOK-030', 'Resource sets', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const place = await newPlace(context)
    for (const [name, kind] of [
      [place.basin, 'basins'],
      [place.stream, 'streams'],
    ] as const) {
      for (const [set, matches] of setsAbout(name)) {
        const { bearer } = await issue(context, { ...EVERYWHERE, ops: ['check-tail'], [kind]: set })
        await expectPermitted(context, place, 'check-tail', bearer, matches)
      }
    }
    const id = freshId(context)
    for (const [set, matches] of setsAbout(id)) {
      const { bearer } = await issue(context, { ops: ['revoke-access-token'], access_tokens: set ?? null })
      const answer = await revoke(context, id, bearer)
      if (matches) expect.refused(answer, 404, 'access_token_not_found')
      else expect.refused(answer, 403, 'permission_denied')
    }
    for (const set of [
      { basins: { exact: 'Not a basin' } },
      { basins: { exact: 'short' } },
      { basins: { prefix: 'b'.repeat(49) } },
      { basins: { prefix: 'Not' } },
      { streams: { prefix: 's'.repeat(513) } },
      { access_tokens: { prefix: 't'.repeat(97) } },
    ]) {
      const scope = { ops: ['read'], ...set }
      expect.refusedAs(await askFor(context, { id: freshId(context), scope }), BAD_JSON)
    }
  }),

  requirement('CP-TOK-031', '`op_groups`', { needs: NEEDS }, async (context) => {
    const place = await newPlace(context)
    for (const group of ['account', 'basin', 'stream'] as const) {
      for (const half of ['read', 'write'] as const) {
        const scope = { ...EVERYWHERE, op_groups: { [group]: { [half]: true } } }
        const { id, bearer } = await issue(context, scope)
        const groups = member(member(await tokenInfo(context, id), 'scope'), 'op_groups')
        context.expect.equal(groups, { ...NO_GROUPS, [group]: { ...NONE, [half]: true } }, 'op_groups')
        for (const op of Object.values(UNDISPUTED).flat()) {
          await expectPermitted(context, place, op, bearer, UNDISPUTED[`${group} ${half}`].includes(op))
        }
      }
    }
  }),

  requirement('CP-TOK-032', '`ops`', { needs: ['access-tokens'] }, async (context) => {
    const { expect } = context
    const all = [...OPERATIONS.map(({ op }) => op), 'trim', 'fence', 'set-default-location'].toSorted()
    const { id } = await issue(context, { ...EVERYWHERE, ops: all })
    const ops = member(member(await tokenInfo(context, id), 'scope'), 'ops')
    expect.equal<unknown>(Array.isArray(ops) ? ops.map(String).toSorted() : ops, all, 'ops, sorted')
    for (const op of ['', 'fly', 'Read', 'list_basins', 'ensure-basin', '*', 7]) {
      const refused = await askFor(context, { id: freshId(context), scope: { ops: ['read', op] } })
      expect.refusedAs(refused, BAD_JSON)
    }
  }),

  requirement('CP-TOK-033', 'Union of ops and groups', { needs: NEEDS }, async (context) => {
    const place = await newPlace(context)
    for (const [granted, allowed] of [
      [{ ops: ['append'], op_groups: { stream: { read: true } } }, ['append', 'read', 'check-tail']],
      [{ op_groups: { stream: { write: true } } }, ['append']],
      [{ op_groups: { stream: { read: true } } }, ['read', 'check-tail']],
      [{ ops: ['read'] }, ['read']],
      [{ ops: ['list-streams'], op_groups: { stream: { write: true } } }, ['list-streams', 'append']],
    ] as const) {
      const { bearer } = await issue(context, { ...EVERYWHERE, ...granted })
      for (const op of ['append', 'read', 'check-tail', 'list-streams', 'create-stream']) {
        await expectPermitted(
          context,
          place,
          op,
          bearer,
          allowed.some((each) => each === op),
        )
      }
    }
  }),

  requirement('CP-TOK-040', 'Op and resources in scope', { needs: NEEDS }, async (context) => {
    const { expect } = context
    const place = await newPlace(context)
    const names = OPERATIONS.map(({ op }) => op)
    for (const { op, sets } of OPERATIONS) {
      // Only the op and the sets that it looks at: nothing else is needed.
      const alone = await issue(context, { ...covering(sets), ops: [op] })
      await expectPermitted(context, place, op, alone.bearer, true)
      const others = names.filter((name) => name !== op)
      const without = await issue(context, { ...EVERYWHERE, ops: others })
      await expectPermitted(context, place, op, without.bearer, false)
      for (const missing of sets) {
        const rest = covering(sets.filter((name) => name !== missing))
        const { bearer } = await issue(context, { ...rest, ops: [op] })
        const answer = await ask(context, place, operationOf(op), bearer)
        // Whether a listing is refused or shows nothing is not known.
        if (!op.startsWith('list-') || answer.status !== 200) expect.refused(answer, 403, 'permission_denied')
        else expect.equal(entriesOf(answer.value), [], `entries of ${op} without ${missing}`)
      }
    }
  }),
]

/** Permitted, or refused as the token's fault: nothing between. */
export async function expectPermitted(
  context: CheckContext,
  place: Place,
  op: string,
  bearer: Bearer,
  isPermitted: boolean,
): Promise<void> {
  const operation = operationOf(op)
  const answer = await ask(context, place, operation, bearer)
  if (!isPermitted) context.expect.refused(answer, 403, 'permission_denied')
  else {
    const done = operation.permitted.filter((each) => typeof each === 'number')
    const refusals = operation.permitted.filter((each) => typeof each !== 'number')
    if (done.includes(answer.status) || refusals.length === 0) context.expect.status(answer, ...done)
    else context.expect.refusedAs(answer, refusals)
  }
}

function operationOf(op: string): Operation {
  const found = OPERATIONS.find((each) => each.op === op)
  if (found === undefined) throw new RangeError(`there is no request for ${op}`)
  return found
}

const setsAbout = (name: string): readonly (readonly [ResourceSetBody | undefined, boolean])[] => [
  [{ exact: name }, true],
  [{ prefix: name }, true],
  [{ prefix: name.slice(0, -1) }, true],
  [{ prefix: '' }, true],
  [{ exact: `${name}0` }, false],
  // Still a name: it may not end in a hyphen.
  [{ exact: name.slice(0, -1).replace(/-$/, '') }, false],
  [{ prefix: `${name}0` }, false],
  // In the name, but not where it begins.
  [{ prefix: name.slice(1) }, false],
  [{ exact: '' }, false],
  [null, false],
  [undefined, false],
]

const entriesOf = (page: unknown): unknown =>
  ['basins', 'streams', 'access_tokens'].map((key) => member(page, key)).find((list) => list !== undefined)

const NONE = { read: false, write: false }

const NO_GROUPS = { account: NONE, basin: NONE, stream: NONE }

/** What each half of a group grants, where the sources agree; `trim` and `fence` are CP-TOK-043's. */
const UNDISPUTED = {
  'account read': ['list-basins', 'list-access-tokens', 'account-metrics'],
  'account write': [
    'create-basin',
    'delete-basin',
    'reconfigure-basin',
    'issue-access-token',
    'revoke-access-token',
  ],
  'basin read': ['list-streams', 'basin-metrics'],
  'basin write': ['create-stream', 'delete-stream', 'reconfigure-stream'],
  'stream read': ['check-tail', 'read', 'stream-metrics'],
  'stream write': ['append'],
}
