import { createServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp1 } from './http1.ts'
import { createHttp2 } from './http2.ts'
import type { Wire, WireRequest } from './wire.ts'

const servers: Server[] = []
const ports: Record<string, number> = {}

/** Each answers with the host that it was asked for. */
beforeAll(async () => {
  const http1 = createServer(({ headers }, response) => response.end(headers.host))
  const http2 = createHttp2Server(({ headers }, response) => response.end(headers[':authority'] ?? ''))
  for (const [name, server] of Object.entries({ http1, http2 })) {
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    ports[name] = (server.address() as AddressInfo).port
    servers.push(server)
  }
})

afterAll(() => {
  for (const server of servers) server.close()
})

async function hostSeen(wire: Wire, origin: string, upload: boolean): Promise<string> {
  const { signal } = new AbortController()
  const request: WireRequest = {
    method: upload ? 'POST' : 'GET',
    origin,
    path: '/',
    headers: {},
    body: undefined,
    http: '1.1',
  }
  const answer = await wire.open(request, { upload, ownConnection: false }, signal)
  answer.upload.end()
  let body = ''
  for await (const chunk of answer.chunks) body += Buffer.from(chunk).toString()
  await wire.close()
  return body
}

test.each([
  ['http1', createHttp1, false],
  ['http1', createHttp1, true],
  ['http2', createHttp2, false],
  ['http2', createHttp2, true],
] as const)('a name below localhost is this machine: %s, %o, upload %s', async (name, createWire, upload) => {
  const host = `my-basin.b.localhost:${ports[name]}`
  expect(await hostSeen(createWire(), `http://${host}`, upload)).toBe(host)
})
