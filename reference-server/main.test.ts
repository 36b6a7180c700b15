import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CommandIo, run } from './main.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-command-'))
})

afterAll(() => rm(directory, { recursive: true }))

interface Started {
  readonly code: Promise<number>
  readonly out: readonly string[]
  readonly err: readonly string[]
  signal(): void
  /** Resolves to the URL, once it is printed. */
  url(): Promise<string>
}

function start(...args: readonly string[]): Started {
  return startWith({}, ...args)
}

function startWith(env: CommandIo['env'], ...args: readonly string[]): Started {
  const out: string[] = []
  const err: string[] = []
  let signal = () => {}
  const io: CommandIo = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env,
    onSignal: (listener) => {
      signal = listener
    },
  }
  return {
    code: run(args, io),
    out,
    err,
    signal: () => signal(),
    async url() {
      await expect.poll(() => out[0]).toMatch(/^Listening on https?:/)
      return /https?:\S+\d/.exec(out[0] ?? '')?.[0] ?? ''
    },
  }
}

describe('a wrong command line', () => {
  test.each([
    [['--fast'], '--fast is not an option: see --help'],
    [['-p', '1'], '-p is not an option: see --help'],
    [['serve'], '"serve" is not understood: there are options only'],
    [['--port'], '--port needs a value: --port PORT'],
    [['--data-dir', '--auth'], '--data-dir needs a value: --data-dir DIR'],
    [['--data-dir', ''], '--data-dir needs a value: --data-dir DIR'],
    [['--port', 'http'], '--port is a whole number from 0 to 65535, not "http"'],
    [['--port=65536'], '--port is a whole number from 0 to 65535, not "65536"'],
    [['--cors', 'all'], '--cors is one of none, loopback, any, not "all"'],
    [['--flavor', 'full'], '--flavor is one of lite, hosted, not "full"'],
    [
      ['--limits', 'basins=x'],
      '--limits: basins is a whole number from 0 to 1000000000000, or none, not "x"',
    ],
    [
      ['--basin-domain', '*.b.localhost'],
      '--basin-domain is a domain name such as b.localhost, not "*.b.localhost"',
    ],
    [['--no-cors', '--cors', 'any'], '--no-cors and --cors any exclude each other'],
    [['--tls-cert', 'cert.pem'], '--tls-cert needs --tls-key'],
    [['--tls-key', 'key.pem'], '--tls-key needs --tls-cert'],
    [
      ['--tls-self', '--tls-cert', 'cert.pem', '--tls-key', 'key.pem'],
      '--tls-self makes a certificate, and goes with neither --tls-cert nor --tls-key',
    ],
    [
      ['--log-level', 'loud'],
      '--log-level is one of trace, debug, info, warn, error, fatal, silent, not "loud"',
    ],
    [['--insecure=yes'], '--insecure takes no value'],
    [['--host', '0.0.0.0'], '--host 0.0.0.0 is not a loopback address, which needs --auth or --insecure'],
    [['--root-token-file', 'x'], '--root-token-file needs --auth'],
  ])('%j is told in one sentence, with code 2', async (args, sentence) => {
    const command = start(...args)
    expect(await command.code).toBe(2)
    expect(command.err).toEqual([`s2-reference-server: ${sentence}`])
    expect(command.out).toEqual([])
  })
})

describe('what keeps it from starting', () => {
  test('a port in use', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve(Object(taken.address()).port))
    })
    const command = start('--port', `${port}`)
    expect(await command.code).toBe(3)
    expect(command.err).toEqual([
      `s2-reference-server: port ${port} on 127.0.0.1 is in use; --port chooses another`,
    ])
    taken.close()
  })

  test('a data directory that is none', async () => {
    const file = join(directory, 'file')
    await writeFile(file, '')
    const command = start('--port', '0', '--data-dir', file)
    expect(await command.code).toBe(3)
    expect(command.err).toEqual([expect.stringContaining(`cannot open the data directory ${file}: `)])
  })

  test.runIf(process.platform === 'linux')('a data directory that cannot be made', async () => {
    const command = start('--port', '0', '--data-dir', '/proc/x')
    expect(await command.code).toBe(3)
    expect(command.err).toEqual([
      expect.stringMatching(/^s2-reference-server: cannot open the data directory \/proc\/x: .*ENOENT.*$/),
    ])
  })

  test('a root token that is too short', async () => {
    const command = startWith({ S2_ROOT_TOKEN: 'guessed' }, '--port', '0', '--auth')
    expect(await command.code).toBe(3)
    expect(command.err).toEqual([expect.stringContaining('S2_ROOT_TOKEN must have at least 16')])
  })

  test('a host that is not its own', async () => {
    const command = start('--host', '192.0.2.1', '--insecure', '--port', '0')
    expect(await command.code).toBe(3)
    expect(command.err).toEqual([expect.stringContaining('192.0.2.1 is no address of this machine')])
  })
})

test('--version is that of the package', async () => {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const command = start('--version')
  expect(await command.code).toBe(0)
  expect(command.out).toEqual([Object(manifest).version])
})

test.each([['--help'], ['-h'], ['--nope', '--help']])(
  '%j shows the help, as the other commands lay it out',
  async (...args) => {
    const command = start(...args)
    expect(await command.code).toBe(0)
    expect(command.err).toEqual([])
    expect(command.out.join('\n')).toMatch(
      /^s2-reference-server \[options\]\nserves .*\n\nOptions:\n(.*\n)+\nExamples:\n(.*\n)+\nExit codes: 0 .*\.$/,
    )
  },
)

test('help names every option', async () => {
  const command = start('--port', '1', '--help')
  expect(await command.code).toBe(0)
  for (const option of [
    '--host',
    '--port',
    '--data-dir',
    '--cors',
    '--flavor',
    '--limits',
    '--basin-domain',
    '--append-inflight-bytes',
    '--sweep-interval',
    '--delete-on-empty-grace',
    '--auth',
    '--root-token-file',
    '--insecure',
    '--help',
  ]) {
    expect(command.out.join('\n')).toContain(option)
  }
})

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
