import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, startWith } from './testing/start-command.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-command-'))
})

afterAll(() => rm(directory, { recursive: true }))

describe('a wrong command line', () => {
  test.each([
    [['--fast'], '--fast is not an option of s2-reference-server: see --help'],
    [['-p', '1'], '-p is not an option of s2-reference-server: see --help'],
    [['serve'], '"serve" is not understood: s2-reference-server takes options only'],
    [['--port'], '--port needs a value: --port PORT'],
    [['--prot', '1'], '--prot is not an option of s2-reference-server: did you mean --port? See --help'],
    [['complete', 'tcsh'], 'complete takes a shell, bash, zsh, fish, not "tcsh"'],
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
    [['--check', 'x', '--port', '1'], '--check DIR goes with no other option'],
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

test.each(['--version', '-V'])('%s is that of the package', async (option) => {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const command = start(option)
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
      /^s2-reference-server \[options\]\nserves .*\n.+\n\nAddress:\n(.*\n)+\nExamples:\n(.*\n)+\nExit codes: 0 (.*\n)*.*\.$/,
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

test('completion knows the options, and the values of some', async () => {
  const command = start('complete', 'bash', '--', '--port', '1', '--cors', 'l')
  expect(await command.code).toBe(0)
  expect(command.out).toEqual(['loopback'])
})
