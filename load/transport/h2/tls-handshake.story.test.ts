import { once } from 'node:events'
import http2 from 'node:http2'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { createServer as createTls, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  type Certificate,
  SELF_SIGNED_HOSTS,
  selfSigned,
} from '../../../reference-server/http/connections/certificate.ts'
import { type ConnectionOptions, openConnection, type Via } from '../connection.ts'
import { ownHttp2Wire } from './wire.ts'

/** An address that nobody here listens at, for which the certificate stands too. */
const ELSEWHERE = '192.0.2.1'

let certificate: Certificate
beforeAll(async () => {
  certificate = await selfSigned([...SELF_SIGNED_HOSTS, ELSEWHERE])
  // As NODE_EXTRA_CA_CERTS does for a process that is yet to start.
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert])
})

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0).reverse()) end()
})

const target = (origin: string, via?: Via): ConnectionOptions => ({
  origin,
  streamWindow: 65_535,
  connectionWindow: 100_000,
  ...(via !== undefined && { via }),
})

type AnyServer = NodeJS.EventEmitter & {
  listen(port: number, host: string): unknown
  address(): AddressInfo | string | null
  close(): unknown
}

async function originOf(server: AnyServer): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ended.push(() => server.close())
  const address = server.address()
  return typeof address === 'object' ? `https://127.0.0.1:${address?.port}` : expect.unreachable()
}

/** Both clients of the load say the same of it. */
const clients: readonly (readonly [string, (options: ConnectionOptions) => Promise<unknown>])[] = [
  [
    'our own client',
    async (options) => {
      const wire = ownHttp2Wire(options, 1)
      ended.push(() => wire.close())
      await wire.send({ method: 'GET', path: '/', headers: {} })
    },
  ],
  [
    'a session of node:http2',
    async (options) => {
      const session = await openConnection(options)
      ended.push(() => session.destroy())
    },
  ],
]

describe.each(clients)('%s', (_who, ask) => {
  test.each<[string, () => AnyServer, RegExp]>([
    [
      'TLS and HTTP/1.1 only',
      () => createHttps({ ...certificate }, (_request, answer) => answer.end()),
      /^https:\S+ does not offer HTTP\/2 over TLS \(h2 by ALPN\)$/,
    ],
    [
      'TLS and nothing of ALPN',
      () =>
        createTls({ ...certificate }, (socket) =>
          socket.on('error', () => {}).end('HTTP/1.1 400 Bad\r\n\r\n'),
        ),
      /^https:\S+ does not offer HTTP\/2 over TLS \(h2 by ALPN\)$/,
    ],
    [
      'no TLS',
      () => createTcp((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      /^https:\S+: what answers there does not speak TLS; is it http:\/\/\?$/,
    ],
  ])('is told of a server that speaks %s', async (_what, create, why) => {
    const server = create()
    await expect(ask(target(await originOf(server)))).rejects.toMatchObject({
      name: 'TransportError',
      code: 'unreachable',
      message: expect.stringMatching(why),
    })
  })

  test('trusts no certificate that it does not know, and is told how to', async () => {
    const server = http2.createSecureServer({ ...(await selfSigned(SELF_SIGNED_HOSTS)) })
    await expect(ask(target(await originOf(server)))).rejects.toMatchObject({
      name: 'TransportError',
      code: 'unreachable',
      message: expect.stringContaining('--ca FILE or NODE_EXTRA_CA_CERTS'),
    })
  })

  test('asks a proxy for the certificate of the origin', async () => {
    const server = http2.createSecureServer({ ...certificate })
    server.on('stream', (stream) => stream.respond({ ':status': 204 }, { endStream: true }))
    const { port } = new URL(await originOf(server))
    const via = { host: '127.0.0.1', port: Number(port) }
    await ask(target(`https://${ELSEWHERE}`, via))
    await expect(ask(target('https://192.0.2.2', via))).rejects.toThrow('192.0.2.2 is not in the cert')
  })
})
