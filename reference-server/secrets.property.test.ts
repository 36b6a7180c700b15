import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from './environment.ts'
import { connectRaw } from './http/testing/raw-connection.ts'
import { createLog } from './log.ts'
import { rules } from './semantics/rules.ts'
import { createServer, type ReferenceServer, type ServerParts } from './server.ts'
import { openMemoryStore } from './store/memory.ts'

const servers: ReferenceServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

interface Logged {
  readonly url: string
  readonly lines: string[]
}

async function serve(parts: Partial<ServerParts> = {}): Promise<Logged> {
  const lines: string[] = []
  const log = createLog('trace', (line) => lines.push(line), systemClock)
  const server = await createServer({ data: { store: await openMemoryStore() }, log, ...parts })
  servers.push(server)
  const url = await server.start()
  await fetch(`${url}/v1/basins/my-basin`, { method: 'PUT' })
  return { url, lines }
}

/** Unlike anything that a log says by itself. */
const secrets = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHXYZ0123456789-._~+/='),
  minLength: 12,
  maxLength: 64,
})

interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const json = { 's2-basin': 'my-basin', 'content-type': 'application/json' }

/** Where a client, right or wrong, may put a secret. */
const WAYS: readonly ((secret: string) => Sent)[] = [
  (secret) => ({ method: 'GET', path: '/v1/basins', headers: { authorization: `Bearer ${secret}` } }),
  (secret) => ({ method: 'GET', path: '/v1/basins', headers: { authorization: secret } }),
  (secret) => ({
    method: 'POST',
    path: '/v1/streams/x/records',
    headers: { ...json, 's2-encryption-key': secret, authorization: `Bearer ${secret}` },
    body: '{"records":[{"body":"x"}]}',
  }),
  (secret) => ({
    method: 'POST',
    path: '/v1/streams/x/records',
    headers: json,
    body: JSON.stringify({ records: [{ body: secret, headers: [['token', secret]] }] }),
  }),
  (secret) => ({
    method: 'POST',
    path: '/v1/access-tokens',
    headers: json,
    body: `{"id":"a","token":"${secret}"}`,
  }),
  (secret) => ({ method: 'POST', path: '/v1/access-tokens', headers: json, body: `{"id":"a", ${secret}` }),
  (secret) => ({ method: 'PUT', path: '/v1/locations/default', headers: json, body: JSON.stringify(secret) }),
  (secret) => ({ method: 'GET', path: `/v1/basins?access_token=${encodeURIComponent(secret)}`, headers: {} }),
  (secret) => ({
    method: 'DELETE',
    path: `/v1/access-tokens/${encodeURIComponent(secret)}`,
    headers: { authorization: `Bearer ${secret}` },
  }),
]

/** What `secret` is where each of its characters is percent-encoded. */
const encoded = (secret: string): string =>
  Array.from(Buffer.from(secret), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

test('nor where it stands in the path in another spelling', async () => {
  const logged = await serve()
  await fc.assert(
    // At least eight characters stay encoded: a single one stands in any log by chance.
    fc.asyncProperty(secrets, fc.nat(4), async (secret, at) => {
      const path = `/v1/access-tokens/${secret.slice(0, at).replaceAll('/', '%2f')}${encoded(secret.slice(at))}`
      const headers = { authorization: `Bearer ${secret}` }
      const told = await tell(logged, { method: 'DELETE', path, headers })
      for (const left of [encoded(secret.slice(-4)), secret.slice(at).toUpperCase()])
        expect(told.toUpperCase()).not.toContain(left.toUpperCase())
    }),
    { numRuns: 50 },
  )
})

/** All that was logged until then, and the answer. */
async function tell({ url, lines }: Logged, { method, path, headers, body }: Sent): Promise<string> {
  const before = lines.filter((line) => line.includes('"request"')).length
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) })
  const said = await answer.text()
  await expect.poll(() => lines.filter((line) => line.includes('"request"')).length).toBeGreaterThan(before)
  return [...lines, said].join('\n')
}

test('what a client keeps secret is never logged nor told back, however it is sent (CP-RT-064)', async () => {
  const open = await serve()
  const guarded = await serve({ options: { auth: { rootToken: 'the-root-token-of-this-test' } } })
  await fc.assert(
    fc.asyncProperty(
      secrets,
      fc.constantFrom(...WAYS),
      fc.constantFrom(open, guarded),
      async (secret, way, logged) => {
        expect(await tell(logged, way(secret))).not.toContain(secret)
      },
    ),
  )
})

test('nor where it has made the server fail, whose fault is logged (CP-RT-064)', async () => {
  const said = (value: unknown): never => {
    throw new SyntaxError(
      `Cannot convert ${JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? 0 : part))}`,
    )
  }
  const logged = await serve({
    rules: {
      ...rules,
      admitBatch: (input) => said(input.records.map(({ body }) => Buffer.from(body).toString())),
      checkReadQuery: said,
    },
  })
  await fetch(`${logged.url}/v1/streams/x`, { method: 'PUT', headers: json })
  await fc.assert(
    fc.asyncProperty(secrets, async (secret) => {
      const path = '/v1/streams/x/records'
      const body = JSON.stringify({ records: [{ body: secret }] })
      const text = await tell(logged, { method: 'POST', path, headers: json, body })
      expect(text).toContain('"a fault of the server"')
      expect(text).toMatch(/"fault":"SyntaxError at /)
      expect(text).not.toContain(secret)
    }),
    { numRuns: 30 },
  )
})

test('nor when it comes in no HTTP at all', async () => {
  const { url, lines } = await serve()
  await fc.assert(
    fc.asyncProperty(secrets, async (secret) => {
      const connection = await connectRaw(url)
      connection.send(`GET /health HTTP/1.1\r\nauthorization Bearer ${secret}\r\n\r\n`)
      await connection.closed
      expect(lines.join('\n')).not.toContain(secret)
    }),
    { numRuns: 30 },
  )
})

test('a token that is issued is told to who asked for it, and not to the log (CP-RT-064)', async () => {
  const rootToken = 'the-root-token-of-this-test'
  const logged = await serve({ options: { auth: { rootToken } } })
  const authorization = `Bearer ${rootToken}`
  const body = JSON.stringify({ id: 'mine', scope: { ops: ['list-basins'], basins: { prefix: '' } } })
  const headers = { authorization, 'content-type': 'application/json' }
  const issued = await fetch(`${logged.url}/v1/access-tokens`, { method: 'POST', headers, body })
  const { access_token: token } = Object(await issued.json())
  expect(token).toEqual(expect.stringMatching(/.{16}/))
  const sent = { method: 'GET', path: '/v1/basins', headers: { authorization: `Bearer ${token}` } }
  const text = await tell(logged, sent)
  expect(text).not.toContain(token)
  expect(text).not.toContain(rootToken)
})
