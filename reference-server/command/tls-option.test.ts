import { execFileSync, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CertificateError, SELF_SIGNED_HOSTS, selfSigned } from '../http/connections/certificate.ts'
import { type CommandIo, run } from '../main.ts'
import { openTls } from './tls-option.ts'

let directory: string
let certFile: string
let keyFile: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-tls-'))
  certFile = join(directory, 'cert.pem')
  keyFile = join(directory, 'key.pem')
  const { cert, key } = await selfSigned(['localhost', '127.0.0.1'])
  await writeFile(certFile, cert)
  await writeFile(keyFile, key)
})

afterAll(() => rm(directory, { recursive: true }))

interface Running {
  readonly out: readonly string[]
  stop(): Promise<number>
}

async function start(...args: readonly string[]): Promise<Running> {
  const out: string[] = []
  let signal = () => {}
  const io: CommandIo = {
    env: {},
    out: (line) => out.push(line),
    err: (line) => expect.unreachable(line),
    onSignal: (listener) => {
      signal = listener
    },
  }
  const code = run(['--port', '0', ...args], io)
  await expect.poll(() => out.length).toBeGreaterThan(3)
  return {
    out,
    stop() {
      signal()
      return code
    },
  }
}

/** Of the server under that address, as whoever it is called. */
function health(url: string, ca: string, servername = new URL(url).hostname): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/health`, { ca, servername, agent: false }, (answer) => {
      answer.setEncoding('utf8').on('data', resolve)
    })
    sent.on('error', reject).end()
  })
}

const urlIn = ([line]: readonly string[]): string => /https:\S+\d/.exec(line ?? '')?.[0] ?? ''

describe('--tls-self', () => {
  test('makes a certificate and says how to trust it, for as long as it serves (CP-LITE-002, CP-LITE-032)', async () => {
    const running = await start('--tls-self')
    const url = urlIn(running.out)
    const path = /^export NODE_EXTRA_CA_CERTS=(.*)$/m.exec(running.out.join('\n'))?.[1] ?? ''
    expect(running.out).toEqual([
      `Listening on ${url}, data in memory`,
      `export S2_ACCOUNT_ENDPOINT=${url}`,
      `export S2_BASIN_ENDPOINT=${url}`,
      'export S2_ACCESS_TOKEN=ignored',
      'export S2_SSL_NO_VERIFY=true',
      `export NODE_EXTRA_CA_CERTS=${path}`,
      expect.stringContaining(`SSL_CERT_FILE=${path}`),
    ])
    const cert = await readFile(path, 'utf8')
    expect(await health(url, cert)).toBe('OK')
    expect(await health(url.replace('127.0.0.1', 'localhost'), cert)).toBe('OK')
    expect(await running.stop()).toBe(0)
    expect(existsSync(path)).toBe(false)
  })

  test('stands for the names of a basin domain too', async () => {
    const running = await start('--tls-self', '--basin-domain', 'b.localhost')
    const url = urlIn(running.out)
    const { port } = new URL(url)
    expect(running.out).toContain(`export S2_BASIN_ENDPOINT=https://{basin}.b.localhost:${port}`)
    const path = /^export NODE_EXTRA_CA_CERTS=(.*)$/m.exec(running.out.join('\n'))?.[1] ?? ''
    const cert = await readFile(path, 'utf8')
    expect(await health(url, cert, 'my-basin.b.localhost')).toBe('OK')
    await expect(health(url, cert, 'my-basin.c.localhost')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
    expect(await running.stop()).toBe(0)
  })

  test('is good for a year, and already an hour ago', async () => {
    const now = new Date('2026-01-02T03:04:05Z')
    const { cert } = await selfSigned(SELF_SIGNED_HOSTS, now)
    const { validFromDate, validToDate, ca } = new X509Certificate(cert)
    expect([validFromDate, validToDate, ca]).toEqual([
      new Date('2026-01-02T02:04:05Z'),
      new Date('2027-01-02T03:04:05Z'),
      false,
    ])
  })
})

describe('--tls-cert and --tls-key', () => {
  test('speak TLS with what is in the files, and have nothing to say on trust', async () => {
    const running = await start('--tls-cert', certFile, '--tls-key', keyFile)
    expect(running.out).toHaveLength(4)
    expect(await health(urlIn(running.out), await readFile(certFile, 'utf8'))).toBe('OK')
    expect(await running.stop()).toBe(0)
  })

  test.each([
    ['no certificate', () => [keyFile, keyFile], () => `${keyFile} holds no certificate in PEM`],
    [
      'no key',
      () => [certFile, certFile],
      () => `${certFile} holds no private key in PEM without a passphrase`,
    ],
    [
      'no file',
      () => [join(directory, 'nowhere'), keyFile],
      () => `cannot read the certificate ${join(directory, 'nowhere')}: ENOENT`,
    ],
    [
      'the key of another',
      () => [certFile, join(directory, 'other.pem')],
      () => `the key in ${join(directory, 'other.pem')} is not that of the certificate in ${certFile}`,
    ],
  ])('%s is told by name', async (_what, files, message) => {
    await writeFile(join(directory, 'other.pem'), (await selfSigned(['localhost'])).key)
    const [cert = '', key = ''] = files()
    const opened = openTls({ tls: 'files', certFile: cert, keyFile: key }, [])
    await expect(opened).rejects.toThrow(new CertificateError(message()))
  })
  test.skipIf(process.platform === 'win32')(
    'a pipe without a writer is refused and does not block',
    async () => {
      const pipe = join(directory, 'pipe')
      execFileSync('mkfifo', [pipe])
      await expect(openTls({ tls: 'files', certFile: pipe, keyFile }, [])).rejects.toThrow(
        new CertificateError(`cannot read the certificate ${pipe}: no process writes to this pipe`),
      )
    },
  )

  test.skipIf(process.platform === 'win32')('a pipe with a writer is read', async () => {
    const pipe = join(directory, 'written')
    execFileSync('mkfifo', [pipe])
    // A reader that closes the pipe just as the writer opens it ends the writer.
    const write = 'until cat "$0" >"$1"; do :; done'
    const written = once(spawn('sh', ['-c', write, certFile, pipe], { stdio: 'inherit' }), 'exit')
    const opened = () => openTls({ tls: 'files', certFile: pipe, keyFile }, []).catch(() => undefined)
    let tls: Awaited<ReturnType<typeof opened>>
    await expect.poll(async () => (tls ??= await opened())).toBeDefined()
    expect(tls?.certificate?.cert).toBe(await readFile(certFile, 'utf8'))
    await written
  })
})
