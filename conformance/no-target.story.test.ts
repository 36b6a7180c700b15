import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startStub } from '../client/testing/stub-server.ts'
import { play } from './testing/play.ts'

describe('a run that is interrupted before anything was judged is one sentence and exit code 3', () => {
  test.each([['endpoint'], ['launch']])('--%s', async (way) => {
    const stub = await startStub(() => 'silent')
    const args = way === 'endpoint' ? ['--endpoint', stub.origin] : ['--launch', 'sleep 1000 # {port}']
    const stop = new AbortController()
    const played = play(['run', ...args], { interrupted: stop.signal })
    if (way === 'endpoint') await expect.poll(() => stub.requests.length).toBe(1)
    stop.abort()
    const { code, out, err } = await played
    await stub.close()
    expect([code, out]).toEqual([3, ''])
    const which = way === 'endpoint' ? stub.origin : 'http://127.0.0.1:PORT'
    expect(err.replace(/:\d+$/m, way === 'endpoint' ? '$&' : ':PORT')).toBe(
      `s2-conformance: the run was interrupted before anything was judged of ${which}\n`,
    )
  })
})

describe('no target is one sentence and exit code 3', () => {
  test('a closed port', async () => {
    const stub = await startStub(() => 'cut')
    await stub.close()
    const { code, err } = await play(['run', '--endpoint', stub.origin])
    expect(code).toBe(3)
    expect(err).toBe(
      `s2-conformance: nothing can be reached at ${stub.origin}: no connection (ECONNREFUSED)\n`,
    )
  })

  test('https where http is spoken, without a word of OpenSSL', async () => {
    const stub = await startStub(() => ({ body: '{}' }))
    const { code, err } = await play(['run', '--endpoint', stub.origin.replace('http:', 'https:')])
    await stub.close()
    expect(code).toBe(3)
    expect(err).toMatch(
      /^s2-conformance: nothing can be reached at https:\S+: no TLS connection: what answers there does not speak TLS; is it http:\/\/\?\n$/,
    )
  })

  test.each([
    [
      { status: 404, body: '<html>' },
      '/v1/basins?limit=1 answered 404 where an S2 server lists its basins. If yours does not list basins yet, make one and give --basin NAME; if it serves S2 under a path, such as /api/v1, put that path at the end of --endpoint\n',
    ],
    [{ status: 200, body: '{"ok":true}' }, 'answered 200 where an S2 server lists its basins.'],
    [
      { status: 401, body: '{"code":"authn","message":"m"}' },
      'answered 401 authn ("m"): set S2_ACCESS_TOKEN or give --token-file',
    ],
    [
      { status: 500, body: '{"code":"internal","message":"the disk\\nis full"}' },
      '/v1/basins?limit=1 answered 500 internal ("the disk\\nis full"): it cannot serve for now\n',
    ],
    [{ status: 502, body: '<html>' }, '/v1/basins?limit=1 answered 502: it cannot serve for now\n'],
    [
      {
        status: 429,
        headers: { 'retry-after-ms': '1' },
        body: '{"code":"rate_limited","message":"slow down"}',
      },
      '/v1/basins?limit=1 answered 429 rate_limited ("slow down"), again and again: it is rate limited, and takes no more from here for now\n',
    ],
  ])('a server that answers %o', async (answer, sentence) => {
    const stub = await startStub(() => answer)
    const { code, err } = await play(['run', '--endpoint', stub.origin])
    await stub.close()
    expect(code).toBe(3)
    expect(err).toContain(sentence)
    expect(err).toMatch(/^[^\n]*\n$/)
  })

  test.each([
    ['/s2', '/s2/v1'],
    ['/wrong', '/v1'],
  ])('an endpoint with the path %s, where S2 is under %s', async (given, right) => {
    const stub = await startStub(({ path }) =>
      path.startsWith(`${right}/basins?`) ? { body: '{"basins":[],"has_more":false}' } : { status: 404 },
    )
    const { code, err } = await play(['run', '--endpoint', `${stub.origin}${given}`])
    await stub.close()
    expect(code).toBe(3)
    expect(err).toBe(
      `s2-conformance: GET ${stub.origin}${given}/basins?limit=1 answered 404, but ${stub.origin}${right}/basins?limit=1 lists basins: give --endpoint ${stub.origin}${right}\n`,
    )
  })

  test('a basin on a server that lists neither its streams nor those of others', async () => {
    const stub = await startStub(() => ({ status: 404, body: '{"code":"not_found","message":"m"}' }))
    const { code, err } = await play(['run', '--endpoint', stub.origin, '--basin', 'mine'])
    await stub.close()
    expect(code).toBe(3)
    expect(err).toBe(
      `s2-conformance: GET ${stub.origin}/v1/streams?limit=1 answered 404 not_found ("m") where an S2 server lists the streams of mine, and of a stream that is not there it did not say stream_not_found. If it serves S2 under a path, such as /api/v1, put that path at the end of --endpoint\n`,
    )
  })

  test('a refused token, which is sent but not shown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's2-token-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const token = join(folder, 'token')
    await writeFile(token, 'sk-secret-token\n')
    const stub = await startStub(() => ({
      status: 403,
      body: '{"code":"permission_denied","message":"sk-secret-token"}',
    }))
    const { code, err } = await play(['run', '--endpoint', stub.origin, '--token-file', token])
    await stub.close()
    expect(code).toBe(3)
    expect(stub.requests[0]?.headers.authorization).toBe('Bearer sk-secret-token')
    expect(err).toContain('answered 403 permission_denied ("<redacted>"): the token was refused')
    expect(err).not.toContain('sk-secret-token')
  })

  test('a launched command that ends', async () => {
    const { code, err } = await play(['run', '--launch', 'echo port {port} is cursed; exit 1'])
    expect(code).toBe(3)
    expect(err).toMatch(/ended with exit code 1; its last lines were:\n {2}port \d+ is cursed\n$/)
  })
})

test('a server that has no lists yet is judged in a basin that was made on it', async () => {
  const streams = new Set<string>()
  const missing = { status: 404, body: '{"code":"stream_not_found","message":"m"}' }
  const stub = await startStub(({ method, path, body }) => {
    if (method === 'POST' && path === '/v1/streams') {
      const { stream } = JSON.parse(body.toString()) as { stream: string }
      streams.add(stream)
      return { status: 201, body: `{"name":"${stream}","created_at":"2026-01-01T00:00:00Z"}` }
    }
    const [, name = ''] = /^\/v1\/streams\/([^/]+)\/records\/tail$/.exec(path) ?? []
    if (name !== '') return streams.has(name) ? { body: '{"tail":{"seq_num":0,"timestamp":0}}' } : missing
    return { status: 404, body: '<html>' }
  })
  const only = ['--endpoint', stub.origin, '--basin', 'mine', '--only', 'TAIL-002']
  const { code, out, err } = await play(['run', ...only])
  await stub.close()
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('1 passed, 0 failed')
  expect(out).toContain('note      streams could not be listed, and may be left in mine')
})
