import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServer, type ReferenceServer } from './server.ts'
import { openDiskStore } from './store/disk.ts'

/* The official SDK, with the tokens that a service would hand to its tenants. */

const ROOT = 'root-token-of-the-service'
let directory: string
let server: ReferenceServer
let url: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-tokens-'))
  await start()
})

afterEach(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

async function start(): Promise<void> {
  const store = await openDiskStore(directory)
  server = await createServer({ data: { store }, options: { auth: { rootToken: ROOT } } })
  url = await server.start()
}

const client = (accessToken: string): S2 =>
  new S2({ accessToken, endpoints: { account: url, basin: url }, retry: { maxAttempts: 1 } })

const text = (...bodies: readonly string[]) =>
  AppendInput.create(bodies.map((body) => AppendRecord.string({ body })))

const refused = (status: number, code: string) => ({ status, code })

test('issue, list, use, be denied, revoke', async () => {
  const root = client(ROOT)
  await root.basins.create({ basin: 'sdk-tenants' })
  const expiresAt = new Date(Date.now() + 3_600_000)
  const { accessToken } = await root.accessTokens.issue({
    id: 'tenant/1',
    scope: {
      basins: { exact: 'sdk-tenants' },
      streams: { prefix: 'tenant/1/' },
      opGroups: { stream: { read: true, write: true } },
      ops: ['create-stream', 'list-streams'],
    },
    autoPrefixStreams: true,
    expiresAt,
  })

  const listed = await root.accessTokens.list({ prefix: 'tenant/' })
  expect(listed).toMatchObject({
    accessTokens: [
      { id: 'tenant/1', autoPrefixStreams: true, expiresAt, scope: { basins: { exact: 'sdk-tenants' } } },
    ],
    hasMore: false,
  })
  expect(JSON.stringify(listed)).not.toContain(accessToken)

  const tenant = client(accessToken)
  const basin = tenant.basin('sdk-tenants')
  await basin.streams.create({ stream: 'events' })
  const stream = basin.stream('events')
  expect((await stream.append(text('a', 'b'))).tail.seqNum).toBe(2)
  await stream.append(AppendInput.create([AppendRecord.fence('tenant')]))
  const session = await stream.appendSession()
  const ticket = await session.submit(text('c'))
  expect((await ticket.ack()).tail.seqNum).toBe(4)
  await session.close()
  const { records } = await stream.read({ start: { from: { seqNum: 3 } } })
  expect(records.map(({ body }) => body)).toEqual(['c'])
  expect((await basin.streams.list()).streams.map(({ name }) => name)).toEqual(['events'])
  const all = await root.basin('sdk-tenants').streams.list()
  expect(all.streams.map(({ name }) => name)).toEqual(['tenant/1/events'])

  const denied = refused(403, 'permission_denied')
  await expect(tenant.basins.list()).rejects.toMatchObject(denied)
  await expect(tenant.basin('sdk-others').stream('events').checkTail()).rejects.toMatchObject(denied)
  await expect(basin.streams.delete({ stream: 'events' })).rejects.toMatchObject(denied)
  await expect(tenant.accessTokens.issue({ id: 'tenant/2', scope: { ops: ['read'] } })).rejects.toMatchObject(
    denied,
  )

  await root.accessTokens.revoke({ id: 'tenant/1' })
  await expect(stream.checkTail()).rejects.toMatchObject(refused(401, 'authn'))
  await expect(root.accessTokens.revoke({ id: 'tenant/1' })).rejects.toMatchObject(
    refused(404, 'access_token_not_found'),
  )
  expect((await root.accessTokens.list()).accessTokens).toEqual([])
})

test('a session is told that its token was revoked', async () => {
  const root = client(ROOT)
  await root.basins.create({ basin: 'sdk-sessions', config: { createStreamOnAppend: true } })
  await root.basin('sdk-sessions').stream('s').append(text('a'))
  const { accessToken } = await root.accessTokens.issue({
    id: 'reader',
    scope: { basins: { prefix: '' }, streams: { prefix: '' }, opGroups: { stream: { read: true } } },
  })
  const stream = client(accessToken).basin('sdk-sessions').stream('s')
  const reading = await stream.readSession({ start: { from: { seqNum: 0 } } })
  const bodies: string[] = []
  const outcome = (async () => {
    for await (const { body } of reading) {
      bodies.push(body)
      await root.accessTokens.revoke({ id: 'reader' })
    }
  })()
  await expect(outcome).rejects.toMatchObject(refused(401, 'authn'))
  expect(bodies).toEqual(['a'])
  const session = await stream.appendSession()
  const ticket = await session.submit(text('b'))
  await expect(ticket.ack()).rejects.toMatchObject(refused(401, 'authn'))
  expect((await root.basin('sdk-sessions').stream('s').checkTail()).tail.seqNum).toBe(1)
})

test('tokens and revocations are still so after a restart', async () => {
  const root = client(ROOT)
  await root.basins.create({ basin: 'sdk-restarts' })
  const scope = { basins: { prefix: 'sdk-' }, ops: ['list-streams' as const] }
  const kept = await root.accessTokens.issue({ id: 'kept', scope })
  const revoked = await root.accessTokens.issue({ id: 'revoked', scope })
  await root.accessTokens.revoke({ id: 'revoked' })
  await server.stop()
  await start()
  const streamsWith = (token: string) => client(token).basin('sdk-restarts').streams.list()
  expect((await streamsWith(kept.accessToken)).streams).toEqual([])
  await expect(streamsWith(revoked.accessToken)).rejects.toMatchObject(refused(401, 'authn'))
  const { accessTokens } = await client(ROOT).accessTokens.list()
  expect(accessTokens.map(({ id }) => id)).toEqual(['kept'])
})
