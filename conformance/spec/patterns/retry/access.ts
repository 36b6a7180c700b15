import assert from 'node:assert/strict'
import { BASIN } from '../basin.ts'
import type { World } from '../run/world.ts'
import { fixes, ORDER, RECORDS, type RetryRow } from './row.ts'

const post = (path: string, body: string): { method: string; path: string; body: string } => ({
  method: 'POST',
  path,
  body,
})

/** Tokens, permissions and quotas, which s2-lite does not have. */
export const ACCESS: readonly RetryRow[] = [
  {
    label: 'authn',
    needs: 'reference server',
    step: 2,
    status: 401,
    cause: 'the access token is missing or invalid',
    retry: 'change',
    advice: 'Send a valid token.',
    ids: ['ERR-002'],
    show: fixes({
      wrong: { ...post(RECORDS, ORDER), without: ['authorization'] },
      right: post(RECORDS, ORDER),
      code: 'authn',
      status: 401,
    }),
  },
  {
    label: 'permission_denied',
    needs: 'reference server',
    step: 2,
    status: 403,
    cause: 'the scope of the token does not include the operation',
    retry: 'change',
    advice: 'Use a token whose scope includes it.',
    ids: ['ERR-017'],
    show: showPermissionDenied,
  },
  {
    label: 'quota_exhausted',
    needs: 'reference server',
    step: 2,
    status: 403,
    cause: 'the account has reached a limit',
    retry: 'change',
    advice: 'Delete what is not needed, or raise the limit.',
    ids: ['ERR-018'],
    show: fixes({
      wrong: post('/basins', '{"basin":"one-too-many"}'),
      right: post('/basins', '{"basin":"one-too-many"}'),
      code: 'quota_exhausted',
      status: 403,
      to: 'account',
      meanwhile: (world) => deleteBasin(world, SPARE),
    }),
  },
  {
    label: 'access_token_not_found',
    needs: 'reference server',
    step: 2,
    status: 404,
    cause: 'no token has this id',
    retry: 'never',
    advice: 'A token that does not exist needs no revocation.',
    ids: ['ERR-001'],
    async show({ account }) {
      const answer = await account.raw({ method: 'DELETE', path: '/access-tokens/no-such-token' })
      assert.deepEqual([answer.status, answer.error?.code], [404, 'access_token_not_found'])
    },
  },
]

/** Basins that fill the account. */
export const QUOTA = 4
const SPARE = 'spare-basin'
export const CLOSING = 'closing-basin'

export async function fillAccount({ aside }: World): Promise<void> {
  for (const name of [SPARE, CLOSING]) assert.equal((await aside.createBasin(name)).status, 201)
}

/** Deletes a basin and waits until it is gone. */
export async function deleteBasin({ aside, pass }: World, name: string): Promise<void> {
  assert.equal((await aside.deleteBasin(name)).status, 202)
  await untilGone(pass, async () => (await aside.getBasinConfig(name)).status === 404)
}

const DEADLINE_MS = 60_000

/** Waits until a deletion has ended. */
export async function untilGone(pass: World['pass'], isGone: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS
  while (!(await isGone())) {
    assert(Date.now() < deadline, 'the deletion does not end')
    await pass(1000)
  }
}

/** The token is sent in place of the client's own. */
async function showPermissionDenied({ account, aside }: World): Promise<void> {
  const issued = await aside.raw(
    post(
      '/access-tokens',
      '{"id":"reader","scope":{"basins":{"prefix":""},"streams":{"prefix":""},"ops":["read"]}}',
    ),
  )
  assert.equal(issued.status, 201)
  const token = /"access_token":"([^"]+)"/.exec(Buffer.from(issued.body).toString())?.[1] ?? ''
  const basin = account.basin(BASIN)
  const reader = { headers: { authorization: `Bearer ${token}` } }
  const refused = await basin.raw({ ...post(RECORDS, ORDER), ...reader })
  assert.deepEqual([refused.status, refused.error?.code], [403, 'permission_denied'])
  assert.equal((await basin.raw(post(RECORDS, ORDER))).status, 200)
}
