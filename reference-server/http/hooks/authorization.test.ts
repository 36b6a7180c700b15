import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { encodeAppendInput } from '../../../proto/messages.ts'
import { type Credential, ROOT_CREDENTIAL } from '../../backend/credential.ts'
import { type Principal, ROOT, type Scope } from '../../semantics/access/access-token.ts'
import { OPERATIONS, type Operation } from '../../semantics/access/operation.ts'
import { NOTHING } from '../../semantics/access/resource-set.ts'
import { NO_GROUPS } from '../../testing/test-token.ts'
import { allRoutes, type Route } from '../testing/routes.ts'
import { type Answered, type Asked, testApp } from '../testing/test-app.ts'
import { requireTokens } from './access-control.ts'

/** All that there is for the request samples, and nothing beside. */
const SCOPE: Scope = {
  basins: { match: 'exact', name: 'team-a-1' },
  streams: { match: 'exact', name: 'log' },
  accessTokens: { match: 'exact', name: 'tok' },
  groups: NO_GROUPS,
  ops: [],
}

const holding = (principal: Principal): Credential => ({
  principal,
  holds: () => true,
  onEnd: () => () => {},
})

const ROOT_TOKEN = 'the-root-token-of-these-tests'

interface Guarded {
  readonly answer: Answered
  /** True if the backend was not asked for anything. */
  readonly untouched: boolean
}

/** Asks with a token of this scope, on a backend that has no answer to anything. */
async function ask(asked: Asked, scope: Partial<Scope>, authorization = 'Bearer abc'): Promise<Guarded> {
  const principal = { scope: { ...SCOPE, ...scope }, autoPrefixStreams: false, expiresAt: undefined }
  const authenticate = (secret: string) => (secret === 'abc' ? holding(principal) : undefined)
  const app = testApp({}, 'none', { access: requireTokens(ROOT_TOKEN, { authenticate }) })
  const answer = await app.ask({ ...asked, headers: { ...asked.headers, authorization } })
  return { answer, untouched: app.calls.length === 0 }
}

const BODIES: Readonly<Record<string, object | string>> = {
  'POST /basins': { basin: 'team-a-1' },
  'PUT /basins/:basin': {},
  'PATCH /basins/:basin': {},
  'POST /streams': { stream: 'log' },
  'PUT /streams/:stream': {},
  'PATCH /streams/:stream': {},
  'POST /streams/:stream/records': { records: [{ body: 'a' }] },
  'POST /access-tokens': { id: 'tok', scope: { ops: ['read'] } },
  'PUT /locations/default': '"aws:us-east-1"',
}

const QUERIES: Readonly<Record<string, string>> = {
  '/metrics': '?set=account-ops&start=1700000000&end=1700003600&interval=hour',
  '/metrics/:basin': '?set=storage&start=1700000000&end=1700003600&interval=hour',
  '/metrics/:basin/:stream': '?set=storage&start=1700000000&end=1700003600&interval=minute',
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** A well-formed request for a route. */
function sample({ method, path }: Route): Asked {
  const known = METHODS.find((candidate) => candidate === method)
  if (known === undefined) throw new Error(`no sample of ${method}`)
  const filled = path.replace(':basin', 'team-a-1').replace(':stream', 'log').replace(':id', 'tok')
  const body = BODIES[`${method} ${path}`]
  return {
    method: known,
    url: `/v1${filled}${QUERIES[path] ?? ''}`,
    headers: { 's2-basin': 'team-a-1', 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  }
}

/** The sets that an operation must be in, as CP-TOK-040 has it; a listing is not refused for what it lists. */
const CONSULTED: Readonly<Record<Operation, readonly ('basins' | 'streams' | 'accessTokens')[]>> = {
  'list-basins': [],
  'create-basin': ['basins'],
  'delete-basin': ['basins'],
  'reconfigure-basin': ['basins'],
  'get-basin-config': ['basins'],
  'issue-access-token': ['accessTokens'],
  'revoke-access-token': ['accessTokens'],
  'list-access-tokens': [],
  'list-streams': ['basins'],
  'create-stream': ['basins', 'streams'],
  'delete-stream': ['basins', 'streams'],
  'get-stream-config': ['basins', 'streams'],
  'reconfigure-stream': ['basins', 'streams'],
  'check-tail': ['basins', 'streams'],
  append: ['basins', 'streams'],
  read: ['basins', 'streams'],
  trim: ['basins', 'streams'],
  fence: ['basins', 'streams'],
  'account-metrics': [],
  'basin-metrics': ['basins'],
  'stream-metrics': ['basins', 'streams'],
  'list-locations': [],
  'get-default-location': [],
  'set-default-location': [],
}

const routes = allRoutes()

const refused = (status: number, code: string, { method }: Route) => ({
  untouched: true,
  answer: { status, ...(method !== 'HEAD' && { json: { code, message: expect.any(String) } }) },
})

test('the routes stand for all operations but those of commands', () => {
  expect(routes.length).toBeGreaterThan(21)
  const served = new Set(routes.flatMap(({ operations }) => operations))
  expect(OPERATIONS.filter((operation) => !served.has(operation))).toEqual(['trim', 'fence'])
})

test('a route that does not say its operation keeps the app from being made', () => {
  expect(() => allRoutes((app) => app.get('/new', async () => 'open to all'))).toThrow(
    'GET /new does not say its operation',
  )
})

describe.each(routes)('$method $path', (route) => {
  const { operations } = route
  const consulted = [...new Set(operations.flatMap((operation) => CONSULTED[operation]))]

  test('without a token: 401 (CP-RT-060, CP-RT-061)', async () => {
    const outcome = await ask(sample(route), { ops: OPERATIONS }, '')
    expect(outcome).toMatchObject(refused(401, 'authn', route))
    expect(outcome.answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' })
  })

  test.each(operations)('with all operations but %s: 403 (CP-RT-062, CP-TOK-040)', async (missing) => {
    const ops = OPERATIONS.filter((operation) => operation !== missing)
    const everything = { ...ROOT.scope, groups: NO_GROUPS, ops }
    expect(await ask(sample(route), everything)).toMatchObject(refused(403, 'permission_denied', route))
  })

  test.each(consulted)(
    'with everything but the %s: 403, whether it exists or not (CP-TOK-042)',
    async (set) => {
      const outcome = await ask(sample(route), { ...ROOT.scope, [set]: NOTHING })
      expect(outcome).toMatchObject(refused(403, 'permission_denied', route))
    },
  )

  test('with just what it needs: it is handed on', async () => {
    const needed = Object.fromEntries(consulted.map((set) => [set, SCOPE[set]]))
    const none = { basins: NOTHING, streams: NOTHING, accessTokens: NOTHING }
    const { answer } = await ask(sample(route), { ...none, ...needed, ops: operations })
    expect([400, 401, 403, 404]).not.toContain(answer.status)
  })

  test('with the root token: it is handed on', async () => {
    const { answer } = await ask(sample(route), {}, `Bearer ${ROOT_TOKEN}`)
    expect([400, 401, 403, 404]).not.toContain(answer.status)
  })
})

describe('a token that is revoked while the body arrives: 401, and nothing is done (CP-TOK-022)', () => {
  const withBody = routes.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method))

  test('every route with a body has a sample', () => {
    expect(Object.keys(BODIES)).toEqual(withBody.map(({ method, path }) => `${method} ${path}`))
  })

  test.each(withBody)('$method $path', async (route) => {
    const outcome = await askAndRevoke(sample(route))
    expect(outcome).toMatchObject(refused(401, 'authn', route))
    expect(outcome.answer.headers).toMatchObject({ 'www-authenticate': 'Bearer' })
  })

  test('POST /streams/:stream/records in protobuf', async () => {
    const [append] = routes.filter(({ operations }) => operations.includes('append'))
    if (append === undefined) throw new Error('no route appends')
    const asked = sample(append)
    const body = encodeAppendInput({ records: [{ headers: [], body: new Uint8Array(1) }] })
    const headers = { ...asked.headers, 'content-type': 'application/protobuf' }
    expect(await askAndRevoke({ ...asked, body, headers })).toMatchObject(refused(401, 'authn', append))
  })
})

/** Asks with a token that permits everything and is revoked once the head has been accepted. */
async function askAndRevoke({ body = '', headers, ...asked }: Asked): Promise<Guarded> {
  let isValid = true
  const credential = { ...ROOT_CREDENTIAL, holds: () => isValid }
  const app = testApp({}, 'none', { access: { identify: () => credential } })
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  const late = new Readable({
    read() {
      isValid = false
      this.push(bytes)
      this.push(null)
    },
  })
  const answer = await app.ask({ ...asked, headers: { ...headers, authorization: 'Bearer abc' }, body: late })
  return { answer, untouched: app.calls.length === 0 }
}

describe('a credential', () => {
  const list: Asked = { url: '/v1/basins' }

  test.each([
    'abc',
    'Basic YWJjOmRlZg==',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer abc,abc',
    'Bearer unknown',
    'Bearer "abc"',
    `Bearer ${ROOT_TOKEN}x`,
    `Bearer ${ROOT_TOKEN.slice(1)}`,
    'Bearer =',
    'Token abc',
  ])('%j is none: 401 (CP-RT-061)', async (authorization) => {
    const { answer, untouched } = await ask(list, { ops: OPERATIONS }, authorization)
    expect(answer).toMatchObject({ status: 401, json: { code: 'authn' } })
    expect(untouched).toBe(true)
    expect(JSON.stringify(answer.json)).not.toContain(ROOT_TOKEN.slice(1))
  })

  test.each(['Bearer abc', 'bearer abc', 'BEARER  abc', 'Bearer abc '])(
    '%j is one',
    async (authorization) => {
      const { answer } = await ask(list, { ops: [] }, authorization)
      expect(answer).toMatchObject({ status: 403, json: { code: 'permission_denied' } })
    },
  )
})

test('health, ping and the metrics of the server need none (CP-LITE-023)', async () => {
  for (const url of ['/health', '/ping', '/metrics']) {
    expect((await ask({ url }, {}, '')).answer.status).toBe(200)
  }
})

test('a path that nobody serves is no operation, and needs none', async () => {
  expect((await ask({ url: '/v1/nothing' }, {}, '')).answer.status).toBe(404)
  expect((await ask({ method: 'DELETE', url: '/v1/basins' }, {}, '')).answer.status).toBe(405)
})
