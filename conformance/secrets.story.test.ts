import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStub } from '../client/testing/stub-server.ts'
import type { RunResult } from '../reports/result.ts'
import { play } from './testing/play.ts'

/** What must stand nowhere: the token that the run was given, and those that the target issues. */
const TOKEN = 'planted-root-token-0123456789abcdef'
const ISSUED = 'planted-issued-token-fedcba9876543210'

const ACK =
  '{"start":{"seq_num":0,"timestamp":1},"end":{"seq_num":1,"timestamp":1},"tail":{"seq_num":1,"timestamp":1}}'

let folder: string
let sent: readonly string[]
let shown: string

/**
 * A target that gives all it is told back: in messages of refusals, in headers, in names. Every row fails there, so that
 * every kind of check tells what it asked and what came.
 */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's2-secrets-test-'))
  const stub = await startStub(({ method, path, headers, body }) => {
    if (path.startsWith('/v1/basins') || (method === 'GET' && path.startsWith('/v1/streams?'))) {
      const basin = '"name":"x","created_at":"2026-01-01T00:00:00Z"'
      if (method === 'POST') return { status: 201, body: `{${basin}}` }
      return method === 'DELETE' ? { status: 202 } : { body: '{"basins":[],"streams":[],"has_more":false}' }
    }
    if (path.startsWith('/v1/access-tokens')) return { status: 201, body: `{"access_token":"${ISSUED}"}` }
    if (method === 'POST' && path === '/v1/streams') {
      return { status: 201, body: '{"name":"x","created_at":"2026-01-01T00:00:00Z"}' }
    }
    // The first thing that a property asks, before it sends the sequences that it keeps for replay.
    if (body.toString().includes('"tick"')) return { body: ACK }
    const told = JSON.stringify([headers, body.toString('latin1'), ISSUED])
    return {
      status: 418,
      headers: {
        'x-authorization': String(headers.authorization),
        's2-encryption-key': String(headers['s2-encryption-key']),
      },
      body: JSON.stringify({ code: 'teapot', message: told }),
    }
  })
  const names = ['json', 'html', 'junit', 'ctrf', 'markdown', 'badge']
  const only = ['ENC-*', 'CP-TOK-*', 'APP-00*', 'PROP-005', 'LIN-004'].flatMap((glob) => ['--only', glob])
  const files = names.flatMap((name) => [`--${name}`, join(folder, `report.${name}`)])
  const { out, err } = await play(
    ['run', '--endpoint', stub.origin, '--profile', 'hosted', ...only, ...files],
    {
      env: { S2_ACCESS_TOKEN: TOKEN },
      width: 10_000,
      cwd: folder,
    },
  )
  await writeFile(join(folder, 'terminal.txt'), out + err)
  const header = (name: string): readonly string[] =>
    stub.requests.flatMap(({ headers }) => (headers[name] === undefined ? [] : [String(headers[name])]))
  sent = [
    ...new Set([
      ...header('authorization').map((text) => text.replace(/^Bearer /, '')),
      ...header('s2-encryption-key'),
    ]),
  ]
  await stub.close()
  const texts = await Promise.all(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(async (entry) => await readFile(join(entry.parentPath, entry.name), 'utf8')),
  )
  shown = texts.join('\n')
})
afterAll(() => rm(folder, { recursive: true }))

test('the run has used what it must not tell', async () => {
  expect(sent).toContain(TOKEN)
  expect(sent.filter((secret) => secret.length >= 40).length, 'keys of 32 bytes in base64').toBeGreaterThan(0)
  const { results } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as RunResult
  const told = results.filter(({ transcript }) => transcript !== undefined)
  expect(told.length).toBeGreaterThan(20)
  expect(told.filter(({ curl }) => curl !== undefined).length).toBeGreaterThan(20)
  expect(shown).toContain('<redacted>')
  expect(await readdir(join(folder, '.s2-conformance'))).toContainEqual(expect.stringMatching(/replay/))
})

/** In every form in which it could stand somewhere. */
const forms = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
]

test('no artefact holds a token, a key or a token that was issued', () => {
  const secrets = [TOKEN, ISSUED, ...sent.filter((secret) => secret.length >= 20)]
  const found = secrets.flatMap((secret) => forms(secret).filter((form) => shown.includes(form)))
  expect([...new Set(found)]).toEqual([])
})
