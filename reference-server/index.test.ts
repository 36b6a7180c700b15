import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, fetch as fetchWith } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fakeClock, InitError, startReferenceServer } from './index.ts'
import type { StartOptions } from './start-options.ts'

const json = { 'content-type': 'application/json' }
const init = { basins: [{ name: 'my-basin', streams: [{ name: 'events' }] }] }
const inBasin = { ...json, 's2-basin': 'my-basin' }

async function append(url: string, body: string): Promise<unknown> {
  const records = JSON.stringify({ records: [{ body }] })
  const answer = await fetch(`${url}/v1/streams/events/records`, {
    method: 'POST',
    headers: inBasin,
    body: records,
  })
  return answer.json()
}

describe('a server in a test', () => {
  test('is there at once, in memory, on a port of its own, and gone at the end of its block', async () => {
    let url: string
    {
      await using server = await startReferenceServer({ init })
      url = server.url
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      expect(server.certificate).toBeUndefined()
      expect(await append(url, 'a')).toMatchObject({ start: { seq_num: 0 } })
      await using other = await startReferenceServer({ init })
      expect(other.url).not.toBe(url)
      expect(await append(other.url, 'b')).toMatchObject({ start: { seq_num: 0 } })
    }
    await expect(fetch(`${url}/health`)).rejects.toThrow()
  })

  test('takes its time from a clock that the test moves', async () => {
    const clock = fakeClock(1_700_000_000_000n)
    await using server = await startReferenceServer({ clock, init })
    expect(await append(server.url, 'a')).toMatchObject({ start: { timestamp: 1_700_000_000_000 } })
    await clock.advance(3_600_000)
    expect(await append(server.url, 'b')).toMatchObject({ start: { timestamp: 1_700_003_600_000 } })
  })

  test('trims when it is told to', async () => {
    const clock = fakeClock()
    await using server = await startReferenceServer({ clock, init, trimDelay: 5000 })
    const read = async () =>
      (await fetch(`${server.url}/v1/streams/events/records?seq_num=0`, { headers: inBasin })).json()
    await append(server.url, 'a')
    const trim = { headers: [['', 'trim']], body: '\0\0\0\0\0\0\0\x01' }
    await fetch(`${server.url}/v1/streams/events/records`, {
      method: 'POST',
      headers: inBasin,
      body: JSON.stringify({ records: [trim] }),
    })
    await clock.advance(4999)
    expect(await read()).toMatchObject({ records: [{ seq_num: 0 }, { seq_num: 1 }] })
    await clock.advance(1)
    expect(await read()).toMatchObject({ records: [{ seq_num: 1 }] })
  })

  test('lets go of what has outlived its retention, as the clock moves', async () => {
    const clock = fakeClock()
    const config = { retention_policy: '1h' }
    await using server = await startReferenceServer({
      clock,
      init: { basins: [{ name: 'my-basin', streams: [{ name: 'events', config }] }] },
      sweepInterval: 600_000,
    })
    await append(server.url, 'old')
    await clock.advance(3_000_000)
    await append(server.url, 'new')
    const numbers = async () => {
      const read = await fetch(`${server.url}/v1/streams/events/records?seq_num=0`, { headers: inBasin })
      return Object(await read.json()).records.map(({ seq_num }: { seq_num: number }) => seq_num)
    }
    expect(await numbers()).toEqual([0, 1])
    await clock.advance(1_800_000)
    await expect.poll(numbers).toEqual([1])
  })

  test('keeps its data where it is told to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's2-library-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const dataDir = join(folder, 'data')
    for (const seq_num of [0, 1]) {
      await using server = await startReferenceServer({ dataDir, init })
      expect(await append(server.url, 'a')).toMatchObject({ start: { seq_num } })
    }
    expect(existsSync(dataDir)).toBe(true)
  })

  test('is like the hosted service, with its tokens, if asked to be', async () => {
    const rootToken = 'a-root-token-of-some-length'
    const limits = { basins: 1, basinSetup: 0 }
    await using server = await startReferenceServer({ flavor: 'hosted', limits, auth: { rootToken } })
    const create = (basin: string, token: string) =>
      fetch(`${server.url}/v1/basins`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${token}` },
        body: JSON.stringify({ basin }),
      })
    expect((await create('my-basin', 'wrong')).status).toBe(401)
    expect((await create('my-basin', rootToken)).status).toBe(201)
    expect((await create('one-too-many', rootToken)).status).not.toBe(201)
  })

  test('speaks TLS with a certificate that it hands out', async () => {
    await using server = await startReferenceServer({ tls: 'self-signed' })
    expect(server.url).toMatch(/^https:/)
    const dispatcher = new Agent({ connect: { ca: server.certificate } })
    expect((await fetchWith(`${server.url}/health`, { dispatcher })).status).toBe(200)
    await dispatcher.close()
  })

  test('hands out one that stands for its basins too', async () => {
    await using server = await startReferenceServer({ tls: 'self-signed', basinDomain: 'B.LocalHost' })
    const { subjectAltName } = new X509Certificate(server.certificate ?? '')
    expect(subjectAltName).toContain('DNS:*.b.localhost')
  })

  test('takes leave if it is given the time', async () => {
    const server = await startReferenceServer({ init })
    const headers = { ...inBasin, accept: 'text/event-stream' }
    const events = await fetch(`${server.url}/v1/streams/events/records`, { headers })
    const text = events.text()
    await server.close({ graceMs: 10_000 })
    expect(await text).toContain('"server_draining"')
    await server.close()
  })
})

describe('what keeps it from starting', () => {
  const cases: readonly (readonly [string, StartOptions, RegExp])[] = [
    ['a reach that nobody allowed', { host: '0.0.0.0' }, /^host 0\.0\.0\.0 is not a loopback address/],
    [
      'a spec that is none',
      { init: { basins: [{ name: 'x' }] } },
      /^in what shall be there: basins\[0\]\.name is not valid/,
    ],
    ['no such flavor', { ...Object({ flavor: 'prod' }) }, /^flavor must be one of lite, hosted$/],
    [
      'a token that can be guessed',
      { auth: { rootToken: 'a' } },
      /^auth must be \{ rootToken \} of at least 16/,
    ],
    [
      'a name that is none',
      { ...Object({ datadir: 'x' }) },
      /^there is no option datadir, only host, insecure/,
    ],
    ['no such limit', { limits: { ...Object({ foo: 1 }) } }, /^there is no option limits\.foo, only basins,/],
    [
      'a limit below none',
      { limits: { basins: -1 } },
      /^limits\.basins must be a whole number of basins from 0/,
    ],
    ['a limit that is no number', { limits: { deletion: Number.NaN } }, /^limits\.deletion must be a whole/],
    ['a time that is none', { sweepInterval: Number.NaN }, /^sweepInterval must be a whole number of milli/],
    ['no place to be in', { ...Object({ locations: [] }) }, /^locations must be one location or more/],
    ['pages of no kind', { ...Object({ cors: 'all' }) }, /^cors must be one of none, loopback, any$/],
    ['a certificate of no kind', { ...Object({ tls: 'self' }) }, /^tls must be 'self-signed', or/],
    ['a level of no log', { ...Object({ log: { level: 'loud', write() {} } }) }, /^log must be/],
    ['a domain that is none', { basinDomain: 'a b' }, /^basinDomain must be a domain name/],
    ['a free tier of s2-lite', { freeTier: true }, /^freeTier needs the flavor hosted$/],
  ]

  test.each(cases)('%s is told by name', async (_what, options, message) => {
    await expect(startReferenceServer(options)).rejects.toThrow(message)
  })

  test('a spec is wrong in a way of its own', async () => {
    await expect(startReferenceServer({ init: { basins: [{ name: 'x' }] } })).rejects.toBeInstanceOf(
      InitError,
    )
  })

  test('a port that is taken', async () => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve(Object(taken.address()).port))
    })
    await expect(startReferenceServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    taken.close()
  })
})
