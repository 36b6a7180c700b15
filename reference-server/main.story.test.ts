import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, startWith } from './testing/start-command.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-command-'))
})

afterAll(() => rm(directory, { recursive: true }))

test('prints where it listens and what to export, serves, and stops at a signal', async () => {
  const command = start('--port', '0')
  const url = await command.url()
  expect(command.out).toEqual([
    `Listening on ${url}, data in memory`,
    `export S2_ACCOUNT_ENDPOINT=${url}`,
    `export S2_BASIN_ENDPOINT=${url}`,
    'export S2_ACCESS_TOKEN=ignored',
  ])
  expect(await (await fetch(`${url}/health`)).text()).toBe('OK')
  command.signal()
  expect(await command.code).toBe(0)
  await expect(fetch(`${url}/health`)).rejects.toThrow()
  expect(command.err).toEqual([])
})

test.each([
  [[], ['http://localhost:5173']],
  [['--cors', 'none'], []],
  [['--no-cors'], []],
  [
    ['--cors', 'any'],
    ['http://localhost:5173', 'https://app.example'],
  ],
])('with %j the pages of these origins are let in: %j', async (args, origins) => {
  const command = start('--port', '0', ...args)
  const url = await command.url()
  const allowed: string[] = []
  for (const origin of ['http://localhost:5173', 'https://app.example']) {
    const { headers } = await fetch(`${url}/v1/basins`, { headers: { origin } })
    if (headers.get('access-control-allow-origin') === origin) allowed.push(origin)
  }
  expect(allowed).toEqual(origins)
  command.signal()
  expect(await command.code).toBe(0)
})

test('hosted answers as the hosted service does, with the limits that were given, and takes the basin from the host', async () => {
  const command = start(
    '--port',
    '0',
    '--flavor',
    'hosted',
    '--limits',
    'free-tier',
    '--basin-domain',
    'B.localhost',
  )
  const url = await command.url()
  const { port } = new URL(url)
  expect(command.out).toContain(`export S2_BASIN_ENDPOINT=http://{basin}.b.localhost:${port}`)
  const infinite = { default_stream_config: { retention_policy: { infinite: {} } } }
  const answer = await fetch(`${url}/v1/basins/kept-for-ever`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ config: infinite }),
  })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('free tier')
  const inHost = await get(`${url}/v1/streams`, { host: `some-basin.b.localhost:${port}` })
  expect(inHost).toBe(404)
  expect(await get(`${url}/v1/streams`, { host: `elsewhere.localhost:${port}` })).toBe(400)
  command.signal()
  expect(await command.code).toBe(0)
})

/** The status of a request for a host of its own, which `fetch` does not let one name. */
async function get(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const { statusCode, body } = await request(url, { headers })
  await body.dump()
  return statusCode
}

test('logs start, requests and stop as JSON lines on stderr, if told to', async () => {
  const command = start('--port', '0', '--log-level', 'debug')
  const url = await command.url()
  await (await fetch(`${url}/v1/basins?limit=1`)).text()
  await expect.poll(() => command.err.length).toBe(2)
  command.signal()
  expect(await command.code).toBe(0)
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
  expect(command.err.map((line): unknown => JSON.parse(line))).toEqual([
    { level: 'info', time, url, auth: false, msg: 'listening' },
    {
      level: 'debug',
      time,
      method: 'GET',
      path: '/v1/basins',
      status: 200,
      ms: expect.any(Number),
      http: '1.1',
      peer: '127.0.0.1',
      msg: 'request',
    },
    { level: 'info', time, graceMs: 10_000, sessions: 0, msg: 'draining' },
    { level: 'info', time, msg: 'stopped' },
  ])
})

test('a second signal ends the patience', async () => {
  const command = start('--port', '0')
  const url = await command.url()
  await fetch(`${url}/v1/basins/patient-basin`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"config":{"create_stream_on_read":true}}',
  })
  const follower = await fetch(`${url}/v1/streams/x/records`, {
    headers: { 's2-basin': 'patient-basin', accept: 'text/event-stream' },
  })
  expect(follower.status).toBe(200)
  command.signal()
  command.signal()
  expect(await command.code).toBe(3)
  await follower.body?.cancel()
})

test('a data directory keeps what was acknowledged (CP-LITE-007)', async () => {
  const dataDir = join(directory, 'data')
  for (const expected of [201, 200]) {
    const command = start('--port', '0', '--data-dir', dataDir)
    const url = await command.url()
    expect(command.out[0]).toBe(`Listening on ${url}, data in ${dataDir}`)
    const ensured = await fetch(`${url}/v1/basins/kept-basin`, { method: 'PUT' })
    expect(ensured.status).toBe(expected)
    command.signal()
    expect(await command.code).toBe(0)
  }
})

test('a data directory has one server: a second one does not start, and the first goes on (CP-LITE-006)', async () => {
  const dataDir = join(directory, 'shared')
  const first = start('--port', '0', '--data-dir', dataDir)
  const url = await first.url()
  const second = start('--port', '0', '--data-dir', dataDir)
  expect(await second.code).toBe(3)
  expect(second.err).toEqual([
    `s2-reference-server: cannot open the data directory ${dataDir}: another process uses it`,
  ])
  expect((await fetch(`${url}/v1/basins/first-basin`, { method: 'PUT' })).status).toBe(201)
  first.signal()
  expect(await first.code).toBe(0)
})

test('listens on every address when told to, for whatever host', async () => {
  const command = start('--host', '0.0.0.0', '--insecure', '--port', '0')
  const port = new URL(await command.url()).port
  const answer = await fetch(`http://127.0.0.1:${port}/health`, { headers: { host: 'elsewhere.example' } })
  expect(answer.status).toBe(200)
  command.signal()
  expect(await command.code).toBe(0)
})

describe('--auth', () => {
  const list = (url: string, token: string) =>
    fetch(`${url}/v1/basins`, { headers: { authorization: `Bearer ${token}` } })

  test('makes up a root token and shows it once', async () => {
    const command = start('--port', '0', '--auth')
    const url = await command.url()
    const token = /^export S2_ACCESS_TOKEN=(\S+)$/m.exec(command.out.join('\n'))?.[1] ?? ''
    expect((await list(url, token)).status).toBe(200)
    expect((await list(url, 'ignored')).status).toBe(401)
    command.signal()
    expect(await command.code).toBe(0)
    expect([...command.out, ...command.err].join('\n').split(token)).toHaveLength(2)
  })

  test('takes the root token from the environment, and shows it never', async () => {
    const token = 'root-token-of-the-environment'
    const command = startWith({ S2_ROOT_TOKEN: token }, '--port', '0', '--auth')
    const url = await command.url()
    expect(command.out.at(-1)).toBe('export S2_ACCESS_TOKEN=$S2_ROOT_TOKEN')
    expect((await list(url, token)).status).toBe(200)
    expect((await fetch(`${url}/v1/basins`)).status).toBe(401)
    command.signal()
    expect(await command.code).toBe(0)
    expect([...command.out, ...command.err].join('\n')).not.toContain(token)
  })

  test('is enough for an address that is not loopback', async () => {
    const command = start('--host', '0.0.0.0', '--port', '0', '--auth')
    const port = new URL(await command.url()).port
    expect((await fetch(`http://127.0.0.1:${port}/v1/basins`)).status).toBe(401)
    command.signal()
    expect(await command.code).toBe(0)
  })
})
