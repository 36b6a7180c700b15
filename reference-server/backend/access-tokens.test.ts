import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { instantOf } from '../../proto/instant.ts'
import { type AccessToken, ROOT } from '../semantics/access/access-token.ts'
import type { ListRequest } from '../semantics/access/listing.ts'
import { openDiskStore } from '../store/disk.ts'
import { accessTokensRange } from '../store/keys.ts'
import { openMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { type FakeClock, settle } from '../testing/fake-clock.ts'
import { heldStore } from '../testing/held-store.ts'
import { watch } from '../testing/outcomes.ts'
import { ok, testBackend } from '../testing/test-backend.ts'
import { tokenId, tokenOf } from '../testing/test-token.ts'
import type { Backend } from './backend.ts'

const EVERYTHING: ListRequest = { prefix: '', startAfter: '', limit: undefined }
const DAY = 86_400_000
const notFound = expect.objectContaining({ refusal: 'error', code: 'access_token_not_found' })

const issue = async (backend: Backend, token: AccessToken): Promise<string> =>
  ok(await backend.issueAccessToken(ROOT, token)).secret

const idsOf = async (backend: Backend, request: Partial<ListRequest> = {}): Promise<readonly string[]> =>
  ok(await backend.listAccessTokens({ ...EVERYTHING, ...request })).items.map(({ id }) => id)

const isValid = (backend: Backend, secret: string): boolean => backend.authenticate(secret) !== undefined

const inMilliseconds = (clock: FakeClock, milliseconds: number): bigint =>
  instantOf(clock.now() + BigInt(milliseconds))

/** All that is stored of tokens, as text. */
async function stored(store: Store): Promise<string> {
  const parts: string[] = []
  for await (const { key, value } of store.range(accessTokensRange('', ''))) {
    parts.push(Buffer.from(key).toString(), Buffer.from(value).toString())
  }
  return parts.join('\n')
}

describe('an issued token', () => {
  test('is who its secret says, with what it was issued for (CP-TOK-010)', async () => {
    const { backend } = await testBackend()
    const token = tokenOf('mine', { ops: ['append'], basins: { match: 'prefix', prefix: 'a' } })
    const secret = await issue(backend, token)
    expect(backend.authenticate(secret)?.principal).toMatchObject(token)
    for (const wrong of ['', 'mine', secret.slice(1), `${secret}=`, secret.toLowerCase()]) {
      expect(isValid(backend, wrong), wrong).toBe(false)
    }
  })

  test('has a secret of its own that no one can guess, kept as a digest only (CP-RT-064)', async () => {
    const { backend, store } = await testBackend()
    const secrets = [await issue(backend, tokenOf('a')), await issue(backend, tokenOf('b'))]
    expect(new Set(secrets).size).toBe(2)
    const kept = await stored(store)
    for (const secret of secrets) {
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
      expect(kept).not.toContain(secret)
    }
    expect(JSON.stringify(ok(await backend.listAccessTokens(EVERYTHING)))).not.toMatch(/digest|secret/)
  })

  test('keeps its id until it is revoked; then the id has another secret (CP-TOK-011, CP-TOK-022, CP-TOK-023)', async () => {
    const { backend } = await testBackend()
    const first = await issue(backend, tokenOf('mine'))
    expect(await backend.issueAccessToken(ROOT, tokenOf('mine'))).toMatchObject({
      code: 'resource_already_exists',
    })
    expect(isValid(backend, first)).toBe(true)
    expect(await backend.revokeAccessToken(tokenId('mine'))).toBeUndefined()
    expect(isValid(backend, first)).toBe(false)
    const second = await issue(backend, tokenOf('mine'))
    expect(second).not.toBe(first)
    expect([isValid(backend, first), isValid(backend, second)]).toEqual([false, true])
  })

  test('cannot be revoked twice, nor if it never was (CP-TOK-021)', async () => {
    const { backend } = await testBackend()
    await issue(backend, tokenOf('mine'))
    expect(await backend.revokeAccessToken(tokenId('mine'))).toBeUndefined()
    for (const id of ['mine', 'other']) expect(await backend.revokeAccessToken(tokenId(id))).toEqual(notFound)
  })

  test('outlives its issuer', async () => {
    const { backend } = await testBackend()
    const parent = tokenOf('parent', { ops: ['issue-access-token', 'read'] })
    const secret = await issue(backend, parent)
    const principal = backend.authenticate(secret)?.principal ?? ROOT
    const child = ok(await backend.issueAccessToken(principal, tokenOf('child')))
    await backend.revokeAccessToken(tokenId('parent'))
    expect(isValid(backend, child.secret)).toBe(true)
    expect(await backend.issueAccessToken(principal, tokenOf('wide', { ops: ['trim'] }))).toMatchObject({
      code: 'permission_denied',
    })
  })

  test('of two at once of one id, one wins', async () => {
    const { backend } = await testBackend()
    const outcomes = await Promise.all(['a', 'a'].map((id) => backend.issueAccessToken(ROOT, tokenOf(id))))
    expect(outcomes.filter((outcome) => 'secret' in outcome)).toHaveLength(1)
  })
})

test('listed in the byte order of the ids, page after page, without the revoked (CP-TOK-003, CP-TOK-006)', async () => {
  const { backend } = await testBackend()
  const ids = ['user/b', 'user/a', 'user', '\u{1f980}', '\ufb00', 'service/a']
  for (const id of ids) await issue(backend, tokenOf(id))
  await backend.revokeAccessToken(tokenId('user'))
  const all = ['service/a', 'user/a', 'user/b', '\ufb00', '\u{1f980}']
  expect(await idsOf(backend)).toEqual(all)
  expect(await idsOf(backend, { prefix: 'user/' })).toEqual(['user/a', 'user/b'])
  expect(await idsOf(backend, { prefix: 'user/', startAfter: 'user/a' })).toEqual(['user/b'])
  expect(await idsOf(backend, { prefix: 'user', exact: true, limit: 1n })).toEqual([])
  const page = ok(await backend.listAccessTokens({ ...EVERYTHING, limit: 2n }))
  expect([page.items.length, page.hasMore]).toEqual([2, true])
  expect(await idsOf(backend, { startAfter: 'user/a', limit: 3n })).toEqual(all.slice(2))
})

describe('expiry', () => {
  test('ends a token at its instant: it is as if it had been revoked (CP-TOK-016)', async () => {
    const { backend, clock } = await testBackend()
    const secret = await issue(backend, tokenOf('mine', {}, { expiresAt: inMilliseconds(clock, 1000) }))
    await clock.advance(999)
    expect([isValid(backend, secret), await idsOf(backend)]).toEqual([true, ['mine']])
    await clock.advance(1)
    expect([isValid(backend, secret), await idsOf(backend)]).toEqual([false, []])
    expect(await backend.revokeAccessToken(tokenId('mine'))).toEqual(notFound)
    const again = await issue(backend, tokenOf('mine'))
    expect([isValid(backend, secret), isValid(backend, again)]).toEqual([false, true])
  })

  test('leaves nothing in the store, and takes no successor with it', async () => {
    const { backend, clock, store } = await testBackend()
    for (const id of ['gone', 'again']) {
      await issue(backend, tokenOf(id, {}, { expiresAt: inMilliseconds(clock, 1000) }))
    }
    await issue(backend, tokenOf('later', {}, { expiresAt: inMilliseconds(clock, 3 * DAY) }))
    await clock.advance(1000)
    await issue(backend, tokenOf('again'))
    await clock.advance(60_000)
    expect(await stored(store)).not.toContain('gone')
    expect(await idsOf(backend)).toEqual(['again', 'later'])
    await clock.advance(3 * DAY)
    expect(await stored(store)).not.toContain('later')
    expect(clock.pending).toBe(0)
  })

  test('takes no successor that comes while it is cleared away', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend, clock } = await testBackend({ store })
    const expiresAt = inMilliseconds(clock, 1000)
    for (const id of ['first', 'second']) await issue(backend, tokenOf(id, {}, { expiresAt }))
    store.hold()
    await clock.advance(60_000)
    const again = backend.issueAccessToken(ROOT, tokenOf('second'))
    await settle()
    expect(store.waiting()).toBe(2)
    await store.release()
    const { secret } = ok(await again)
    await settle()
    expect([isValid(backend, secret), await idsOf(backend)]).toEqual([true, ['second']])
  })

  test.each([1000, 3 * DAY, 59 * DAY])('is told to who holds it, after %i ms', async (milliseconds) => {
    const { backend, clock } = await testBackend({ options: { expiredTokenSweep: 20 * DAY } })
    const expiresAt = inMilliseconds(clock, milliseconds)
    const secret = await issue(backend, tokenOf('mine', {}, { expiresAt }))
    let ended = 0
    backend.authenticate(secret)?.onEnd(() => ended++)
    const release = backend.authenticate(secret)?.onEnd(() => expect.unreachable('it was released'))
    release?.()
    await clock.advance(milliseconds - 1)
    expect(ended).toBe(0)
    await clock.advance(1)
    expect(ended).toBe(1)
    await clock.advance(400 * DAY)
    expect([ended, clock.pending]).toEqual([1, 0])
  })
})

test('a revocation is told to who holds that token, and to nobody else (CP-TOK-022)', async () => {
  const { backend } = await testBackend()
  const told: string[] = []
  for (const id of ['a', 'b']) {
    const credential = backend.authenticate(await issue(backend, tokenOf(id)))
    credential?.onEnd(() => told.push(id))
    expect(credential?.holds()).toBe(true)
  }
  await backend.revokeAccessToken(tokenId('b'))
  expect(told).toEqual(['b'])
})

test('who asks too late is told at once', async () => {
  const { backend } = await testBackend()
  const credential = backend.authenticate(await issue(backend, tokenOf('a')))
  await backend.revokeAccessToken(tokenId('a'))
  let ended = 0
  credential?.onEnd(() => ended++)
  expect([credential?.holds(), ended]).toEqual([false, 1])
})

describe('durability', () => {
  test('a token, and its revocation, count from when they are durable', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend } = await testBackend({ store })
    const secret = await issue(backend, tokenOf('old'))
    store.hold()
    const issued = watch(backend.issueAccessToken(ROOT, tokenOf('new')))
    const revoked = watch(backend.revokeAccessToken(tokenId('old')))
    await settle()
    expect([issued.settled, revoked.settled]).toEqual([false, false])
    expect([isValid(backend, secret), await idsOf(backend)]).toEqual([true, ['old']])
    await store.release()
    await settle()
    expect([issued.settled, revoked.settled]).toEqual([true, true])
    expect([isValid(backend, secret), await idsOf(backend)]).toEqual([false, ['new']])
  })

  test('what a failed store did not take is refused as storage', async () => {
    const store = heldStore(await openMemoryStore())
    const { backend } = await testBackend({ store })
    const secret = await issue(backend, tokenOf('old'))
    store.fail()
    expect(await backend.issueAccessToken(ROOT, tokenOf('new'))).toMatchObject({ code: 'storage' })
    expect(await backend.revokeAccessToken(tokenId('old'))).toMatchObject({ code: 'storage' })
    expect(isValid(backend, secret)).toBe(true)
  })

  test('a restart keeps tokens, expiries and revocations', async () => {
    const directory = await mkdtemp(join(tmpdir(), 's2-tokens-'))
    const before = await testBackend({ store: await openDiskStore(directory) })
    const { clock } = before
    const expiresAt = inMilliseconds(clock, 1000) + 1n
    const kept = tokenOf(
      'kept',
      { streams: { match: 'exact', name: 's' }, ops: ['append', 'read'] },
      { expiresAt },
    )
    const secret = await issue(before.backend, kept)
    const revoked = await issue(before.backend, tokenOf('revoked'))
    await before.backend.revokeAccessToken(tokenId('revoked'))
    await before.backend.close()

    const { backend } = await testBackend({ store: await openDiskStore(directory), clock })
    expect(backend.authenticate(secret)?.principal).toMatchObject(kept)
    expect(isValid(backend, revoked)).toBe(false)
    expect(await idsOf(backend)).toEqual(['kept'])
    await clock.advance(1001)
    expect(isValid(backend, secret)).toBe(false)
    await backend.close()
    await rm(directory, { recursive: true })
  })
})
