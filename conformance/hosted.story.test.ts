import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReferenceServer } from '../reference-server/index.ts'
import { type Played, play as typed } from './testing/play.ts'

const TOKEN = 'root-token-of-this-test-0123456789abcdef'
let server: Awaited<ReturnType<typeof startReferenceServer>>
let port: string

beforeAll(async () => {
  server = await startReferenceServer({
    flavor: 'hosted',
    auth: { rootToken: TOKEN },
    basinDomain: 'b.s2.test',
  })
  port = new URL(server.url).port
})
afterAll(() => server.close())

const command = (...args: readonly string[]): Promise<Played> =>
  typed(args, { env: { S2_ACCESS_TOKEN: TOKEN }, width: 300 })

const play = (...args: readonly string[]): Promise<Played> => command('run', '--profile', 'hosted', ...args)

const call = (method: string, path: string, basin?: string): Promise<Response> =>
  fetch(`${server.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(basin !== undefined && { 's2-basin': basin }) },
  })

/** Those in deletion too: none may come. */
async function basins(): Promise<string[]> {
  const page = (await (await call('GET', '/basins')).json()) as { basins: { name: string }[] }
  return page.basins.map(({ name }) => name)
}

async function served(basin: string): Promise<void> {
  await call('PUT', `/basins/${basin}`)
  await expect.poll(async () => (await call('GET', '/streams', basin)).status).toBe(200)
}

const byHost = (): readonly string[] => [
  '--account-endpoint',
  `http://account.b.s2.test:${port}`,
  '--basin-endpoint',
  `http://{basin}.b.s2.test:${port}`,
  '--resolve',
  `*:${port}:127.0.0.1`,
]

test('basins with hosts of their own, whose names no server of names knows', async () => {
  const { code, out, err } = await play(
    ...byHost(),
    '--only',
    'TAIL-002',
    '--only',
    'APP-001',
    '--only',
    'RTE-002',
  )
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/[23] passed, 0 failed/)
})

test('a basin that is there is used, and left as it was', async () => {
  await served('used-for-years')
  await call('PUT', '/streams/precious', 'used-for-years')
  const before = await basins()
  const { code, out, err } = await play(
    '--endpoint',
    server.url,
    '--basin',
    'used-for-years',
    '--only',
    'TAIL-*',
    '--only',
    'CP-BAS-010',
    '--only',
    'CP-CFG-001',
    '--only',
    'RTE-008',
  )
  expect([code, err]).toEqual([0, ''])
  expect(out).not.toContain('note')
  expect(out).toMatch(/[5-9] passed, 0 failed, \d+ not applicable/)
  expect(await basins()).toEqual(before)
  const { streams } = (await (await call('GET', '/streams', 'used-for-years')).json()) as {
    streams: { name: string; deleted_at: string | null }[]
  }
  expect(streams.filter(({ deleted_at }) => deleted_at === null).map(({ name }) => name)).toEqual([
    'precious',
  ])
})

test('a basin that is not there, or is set up otherwise, is one sentence', async () => {
  const missing = await play('--endpoint', server.url, '--basin', 'not-there-at-all')
  expect([missing.code, missing.err]).toEqual([
    3,
    's2-conformance: there is no basin not-there-at-all: --basin uses one that is there\n',
  ])
  await served('creates-streams')
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const body = '{"create_stream_on_append":true}'
  await fetch(`${server.url}/v1/basins/creates-streams`, { method: 'PATCH', headers, body })
  const other = await play('--endpoint', server.url, '--basin', 'creates-streams')
  expect([other.code, other.err]).toEqual([
    3,
    's2-conformance: basin creates-streams sets create_stream_on_append, and rows are judged in a basin that sets nothing: give --basin another one\n',
  ])
})

test.each([
  ['--max-requests', '20', '20 requests'],
  ['--max-bytes', '2000', '2000 bytes'],
])('%s %s ends the run there, and what was made is deleted all the same', async (option, value, budget) => {
  const { code, out } = await play(
    '--endpoint',
    server.url,
    option,
    value,
    '--only',
    'TAIL-*',
    '--only',
    'READ-00*',
  )
  expect(code).toBe(3)
  expect(out).toContain(`note      the budget of ${budget} was used up: the result is partial`)
  expect(out).toMatch(/not run .*rows/)
  const { basins } = (await (await call('GET', '/basins?prefix=s2c-')).json()) as {
    basins: { deleted_at: string | null }[]
  }
  expect(basins.filter(({ deleted_at }) => deleted_at === null)).toEqual([])
})

test('--dry-run says what a run would ask, and sends nothing', async () => {
  const { code, out, err } = await play('--endpoint', 'http://127.0.0.1:1', '--dry-run', '--basin', 'theirs')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^asks {6}about [1-9]\d{3,} requests and [\d.]+ MiB of bodies/m)
  expect(out).toContain('makes     streams of its own in basin theirs')
  expect(out).toMatch(/nothing was sent\n$/)
})

describe('a history', () => {
  const history = (...args: readonly string[]): Promise<Played> =>
    command('history', '--seed', '7', ...(args.includes('--ops') ? [] : ['--ops', '30']), ...args)

  test('of a basin with a host of its own, faults and all', async () => {
    const { code, out, err } = await history(...byHost())
    expect(err).toBe('')
    expect(out).toMatch(/[1-9]\d* acknowledged appends, .*[1-9]\d* delayed answers/)
    expect(out.trimEnd()).toMatch(/\n(linearizable|inconclusive: .*)$/)
    expect([0, 3]).toContain(code)
  })

  test('in a basin that is there makes none, and leaves no stream in it', async () => {
    await served('used-for-histories')
    const before = await basins()
    const { out, err } = await history('--endpoint', server.url, '--basin', 'used-for-histories')
    expect([err, out]).toEqual(['', expect.stringMatching(/[1-9]\d* acknowledged appends/)])
    expect(out).not.toContain('note')
    expect(await basins()).toEqual(before)
    const page = (await (await call('GET', '/streams', 'used-for-histories')).json()) as {
      streams: { deleted_at: string | null }[]
    }
    expect(page.streams.filter(({ deleted_at }) => deleted_at === null)).toEqual([])
  })

  test('ends where its budget does, and is judged as far as it came', async () => {
    const { out, err } = await history('--endpoint', server.url, '--ops', '100000', '--max-requests', '300')
    expect([err, out]).toEqual(['', expect.stringMatching(/[1-9]\d* acknowledged appends/)])
    expect(out).toContain('note: the budget of 300 requests was used up: this is what there was until then')
    expect(out.trimEnd()).toMatch(/\n(linearizable|inconclusive: .*)$/)
  })

  test('whose budget ends before it begins is one sentence', async () => {
    expect(await history('--endpoint', server.url, '--max-requests', '1')).toEqual({
      code: 3,
      out: '',
      err: `s2-conformance: the budget of 1 request was used up before anything was judged of ${server.url}\n`,
    })
  })
})
