import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SELF_SIGNED_HOSTS, selfSigned } from '../reference-server/http/connections/certificate.ts'
import { createServer, type ReferenceServer } from '../reference-server/server.ts'
import { openMemoryStore } from '../reference-server/store/memory.ts'
import { root } from './markdown.ts'

let server: ReferenceServer
let url: string
let folder: string
let ca: string

beforeAll(async () => {
  const tls = await selfSigned(SELF_SIGNED_HOSTS)
  folder = await mkdtemp(join(tmpdir(), 's2-trust-'))
  ca = join(folder, 'ca.pem')
  await writeFile(ca, tls.cert)
  server = await createServer({ data: { store: await openMemoryStore() }, options: { tls } })
  url = await server.start()
})

afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

interface Ended {
  readonly code: unknown
  readonly out: string
}

/** Runs a command in a process of its own: trust applies to a whole process. */
async function command(bin: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'bin', `${bin}.js`), ...args], {
    cwd: folder,
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
  })
  let out = ''
  const keep = (text: Buffer): void => {
    out += text.toString()
  }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', keep)
  const [code] = await once(child, 'close')
  return { code, out }
}

const judge = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> =>
  command('s2-conformance', ['run', 'CP-BAS-001', '--endpoint', url, ...args], env)

describe('an https: endpoint with a certificate of its own', () => {
  test('is refused with the options that would accept it', async () => {
    const { code, out } = await judge([])
    expect([code, out]).toEqual([
      3,
      expect.stringContaining('--ca FILE or NODE_EXTRA_CA_CERTS=FILE, or accept any with --insecure'),
    ])
  })

  test('is judged with --ca', async () => {
    expect(await judge(['--ca', ca])).toEqual({ code: 0, out: expect.stringContaining('CONFORMANT') })
  })

  test.each([
    ['--insecure', ['--insecure'], {}],
    ['S2_SSL_NO_VERIFY=true', [], { S2_SSL_NO_VERIFY: 'true' }],
  ])('is judged with %s, after a warning', async (name, args, env) => {
    const { code, out } = await judge(args, env)
    expect([code, out]).toEqual([0, expect.stringContaining(`warning: ${name} accepts any certificate`)])
  })

  test('is loaded by threads that trust the same certificates', async () => {
    const plan = ['--duration', '1s', '--warmup', '0', '--catch-up', '0', '--streams', '1', '--rate', '20/s']
    const { out } = await command('s2-load', ['run', '--endpoint', url, '--ca', ca, '--yes', ...plan])
    expect(out).toMatch(/^VERIFIED/m)
  })
})

describe('--ca', () => {
  test.each([
    ['a file that is not there', 'missing.pem', 'cannot be read: no such file or directory'],
    ['a file without a certificate', 'text.pem', 'holds no valid certificate'],
    ['a damaged certificate', 'damaged.pem', 'holds no valid certificate'],
  ])('refuses %s', async (_, name, message) => {
    await writeFile(join(folder, 'text.pem'), 'text')
    await writeFile(
      join(folder, 'damaged.pem'),
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    )
    expect(await judge(['--ca', join(folder, name)])).toEqual({
      code: 2,
      out: expect.stringContaining(message),
    })
  })

  test('excludes --insecure', async () => {
    expect(await judge(['--ca', ca, '--insecure'])).toEqual({
      code: 2,
      out: expect.stringContaining('--ca and --insecure exclude each other'),
    })
  })
})
