import { afterEach, describe, expect, test } from 'vitest'
import { testTarget } from '../conformance/testing/check-parts.ts'
import { UsageError } from '../kit/usage-error.ts'
import type { ApiRequest } from './api-request.ts'
import { backOff } from './back-off.ts'
import { createSendRaw } from './clients/raw.ts'
import { createExchange } from './exchange.ts'
import { whyNotSent } from './only-basin.ts'
import { startStub } from './testing/stub-server.ts'
import { createRecorder } from './transcript.ts'
import { dialBy, parseResolution } from './wire/resolve.ts'

describe('--resolve', () => {
  test.each([
    ['s2.example:443:127.0.0.1', { host: 's2.example', port: 443, address: '127.0.0.1' }],
    ['*:8080:[::1]', { host: '*', port: 8080, address: '::1' }],
    ['+S2.example:1:10.0.0.1', { host: 's2.example', port: 1, address: '10.0.0.1' }],
    ['[::1]:80:127.0.0.1', { host: '::1', port: 80, address: '127.0.0.1' }],
  ])('%s', (text, parsed) => {
    expect(parseResolution(text)).toEqual(parsed)
  })
  test.each([
    's2.example',
    's2.example:443',
    's2.example:0:1.1.1.1',
    's2.example:99999:1.1.1.1',
    ':1:1.1.1.1',
  ])('%s is none', (text) => {
    expect(() => parseResolution(text)).toThrow(UsageError)
  })
  test('leaves alone what it does not name', async () => {
    const dial = dialBy([parseResolution('a.example:443:10.0.0.1'), parseResolution('*:80:10.0.0.2')])
    expect(await dial?.({ host: 'A.example', port: 443 })).toEqual({ host: '10.0.0.1', port: 443 })
    expect(await dial?.({ host: 'b.example', port: 443 })).toEqual({ host: 'b.example', port: 443 })
    expect(await dial?.({ host: 'b.example', port: 80 })).toEqual({ host: '10.0.0.2', port: 80 })
    expect(dialBy([])).toBeUndefined()
  })
})

describe('with --basin', () => {
  const only = { name: 'theirs', prefix: 's2c-run123-' }
  const body = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json))
  test.each<readonly [ApiRequest]>([
    [{ method: 'GET', path: '/basins' }],
    [{ method: 'GET', path: '/streams/anything', basin: 'theirs' }],
    [{ method: 'PUT', path: '/streams/s2c-run123-1', basin: 'theirs' }],
    [{ method: 'POST', path: '/streams/s2c-run123-1/records?x=1', basin: 'theirs' }],
    [{ method: 'DELETE', path: '/streams/s2c-run123-1', basin: 'theirs' }],
    [{ method: 'POST', path: '/streams', basin: 'theirs', body: body({ stream: 's2c-run123-2' }) }],
    [{ method: 'POST', path: '/access-tokens' }],
  ])('%j is sent', (request) => {
    expect(whyNotSent(only, request)).toBeUndefined()
  })
  test.each<readonly [ApiRequest, string]>([
    [{ method: 'POST', path: '/basins', body: body({ basin: 'x' }) }, 'make or change a basin'],
    [{ method: 'PATCH', path: '/basins/theirs' }, 'make or change a basin'],
    [{ method: 'DELETE', path: '/basins/theirs?x' }, 'make or change a basin'],
    [{ method: 'PUT', path: '/streams/s2c-run123-1', basin: 'another' }, 'another basin than theirs'],
    [
      { method: 'PUT', path: '/streams/s2c-run123-1', basin: 'theirs', headers: { 's2-basin': 'b' } },
      'another basin',
    ],
    [{ method: 'POST', path: '/streams/mine/records', basin: 'theirs' }, 'did not make'],
    [{ method: 'DELETE', path: '/streams/%zz', basin: 'theirs' }, 'did not make'],
    [{ method: 'POST', path: '/streams', basin: 'theirs', body: body({ stream: 'mine' }) }, 'did not make'],
    [{ method: 'POST', path: '/streams', basin: 'theirs', body: body('no object') }, 'did not make'],
    [{ method: 'POST', path: '/streams', basin: 'theirs' }, 'did not make'],
    [{ method: 'ODD', path: '/streams/mine', basin: 'theirs' }, 'did not make'],
  ])('%j is not', (request, why) => {
    expect(whyNotSent(only, request)).toContain(why)
  })
})

describe('a request that is put off with 429', () => {
  const closers: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })
  async function sender(refusals: number, headers: Readonly<Record<string, string>>) {
    let asked = 0
    const stub = await startStub(() => {
      asked += 1
      return asked <= refusals ? { status: 429, headers, body: '{"code":"rate_limited"}' } : { body: '{}' }
    })
    const target = testTarget(stub.origin)
    closers.push(target.close, stub.close)
    const recorder = createRecorder(target.redactor)
    const send = createSendRaw(createExchange(target.connections, recorder, new AbortController().signal))
    return { send, recorder, asked: () => asked }
  }

  test('is sent again after the wait it is told', async () => {
    const { send, recorder, asked } = await sender(2, { 'retry-after-ms': '1' })
    expect((await send({ method: 'GET', path: '/basins' })).status).toBe(200)
    expect(asked()).toBe(3)
    expect(recorder.transcript().lines.filter((line) => line.includes('sent again after 1 ms'))).toHaveLength(
      2,
    )
  })
  test('is not where the check wants to see the answer', async () => {
    const { send, asked } = await sender(2, { 'retry-after-ms': '1' })
    expect((await send({ method: 'GET', path: '/basins', impatient: true })).status).toBe(429)
    expect(asked()).toBe(1)
  })
  test('stands in the end', async () => {
    const { send, asked } = await sender(100, { 'retry-after-ms': '0' })
    expect((await send({ method: 'GET', path: '/basins' })).status).toBe(429)
    expect(asked()).toBe(8)
  })
  test.each([
    [429, { 'retry-after-ms': '250', 'retry-after': '9' }, 1, 250],
    [429, { 'retry-after': '2' }, 1, 2000],
    [429, { 'retry-after': '3600' }, 1, 5000],
    [429, { 'retry-after': 'Wed, 25 Nov 2026 00:00:00 GMT' }, 1, 100],
    [429, {}, 3, 400],
    [429, {}, 8, undefined],
    [503, { 'retry-after': '1' }, 1, undefined],
  ])('%i %j, time %i: %s ms', (status, headers, times, wait) => {
    expect(backOff(status, headers, times)).toBe(wait)
  })
})
