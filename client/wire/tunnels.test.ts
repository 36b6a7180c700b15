import { afterEach, describe, expect, test } from 'vitest'
import { startStubProxy } from '../testing/stub-proxy.ts'
import { startHttp2Stub, startStub } from '../testing/stub-server.ts'
import { createHttp1 } from './http1.ts'
import { createHttp2 } from './http2.ts'
import type { HttpProxy } from './proxy.ts'
import { tunnelsThrough } from './tunnels.ts'
import type { Wire } from './wire.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const portOf = (origin: string): number => Number(new URL(origin).port)

async function proxyTo(port: number, status?: number, user = '') {
  const stub = await startStubProxy(port, status)
  closers.push(stub.close)
  const url = new URL(stub.url.replace('//', `//${user}`))
  const proxy: HttpProxy = { url, variable: 'HTTP_PROXY' }
  const tunnels = tunnelsThrough(proxy)
  closers.push(tunnels.close)
  return { stub, dial: tunnels.dial }
}

async function bodyFrom(wire: Wire, path = '/'): Promise<string> {
  closers.push(wire.close)
  const request = { method: 'GET', origin: 'http://s2.example:8080', path, headers: {}, body: undefined }
  const { signal } = new AbortController()
  const answer = await wire.open({ ...request, http: '1.1' }, { upload: false, ownConnection: false }, signal)
  let body = ''
  for await (const chunk of answer.chunks) body += Buffer.from(chunk).toString()
  return body
}

describe('connections through a proxy', () => {
  test('HTTP/1.1 reaches a host that only the proxy knows', async () => {
    const target = await startStub(({ headers }) => ({ body: String(headers.host) }))
    closers.push(target.close)
    const { stub, dial } = await proxyTo(portOf(target.origin))
    expect(await bodyFrom(createHttp1(dial))).toBe('s2.example:8080')
    expect(new Set(stub.tunnels.map(({ authority }) => authority))).toEqual(new Set(['s2.example:8080']))
  })
  test('HTTP/2 reaches a host that only the proxy knows', async () => {
    const target = await startHttp2Stub((stream, headers) => {
      stream.respond()
      stream.end(headers[':authority'])
    })
    closers.push(target.close)
    const { dial } = await proxyTo(portOf(target.origin))
    expect(await bodyFrom(createHttp2(dial))).toBe('s2.example:8080')
  })
  test('carry the user and the password of its URL', async () => {
    const target = await startStub(() => ({}))
    closers.push(target.close)
    const { stub, dial } = await proxyTo(portOf(target.origin), 200, 'me:p%40ss@')
    await bodyFrom(createHttp1(dial))
    expect(stub.tunnels[0]?.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
  })
  test.each([['HTTP/1.1', createHttp1] as const, ['HTTP/2', createHttp2] as const])(
    'report over %s a proxy that refuses, by its name and its answer',
    async (_, createWire) => {
      const { stub, dial } = await proxyTo(1, 407, 'me:secret-word@')
      await expect(bodyFrom(createWire(dial))).rejects.toThrow(
        `no connection to s2.example:8080 through the proxy ${stub.url} (HTTP_PROXY): it answered 407`,
      )
    },
  )
  test('report a proxy that does not answer', async () => {
    const { dial, stub } = await proxyTo(1)
    await stub.close()
    await expect(bodyFrom(createHttp1(dial))).rejects.toThrow(/through the proxy .* connect ECONNREFUSED/)
  })
  test('are cut when the target cuts them', async () => {
    const target = await startStub(() => 'cut')
    closers.push(target.close)
    const { dial } = await proxyTo(portOf(target.origin))
    await expect(bodyFrom(createHttp1(dial))).rejects.toMatchObject({ code: 'cut' })
  })
})
