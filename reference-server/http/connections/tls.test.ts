import { once } from 'node:events'
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { request } from 'node:https'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { Agent, fetch as fetchWith } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeFrame } from '../../../proto/frames.ts'
import { decodeReadBatch, encodeAppendInput } from '../../../proto/messages.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import { openMemoryStore } from '../../store/memory.ts'
import { overHttp1, overHttp2 } from '../testing/duplex.ts'
import { connectRaw } from '../testing/raw-connection.ts'
import { type Certificate, SELF_SIGNED_HOSTS, selfSigned } from './certificate.ts'

let certificate: Certificate
let server: ReferenceServer
let url: string
let plain: ReferenceServer
let plainUrl: string

beforeAll(async () => {
  certificate = await selfSigned(SELF_SIGNED_HOSTS)
  const report = (error: unknown) => expect.unreachable(String(error))
  server = await createServer({
    data: { store: await openMemoryStore() },
    options: { tls: certificate },
    report,
  })
  url = await server.start()
  plain = await createServer({ data: { store: await openMemoryStore() }, report })
  plainUrl = await plain.start()
})

afterAll(async () => {
  await server.stop()
  await plain.stop()
})

async function handshake(protocols: readonly string[] | undefined, to = url): Promise<TLSSocket> {
  const { port } = new URL(to)
  const socket = connectTls({
    host: '127.0.0.1',
    port: Number(port),
    ca: certificate.cert,
    ...(protocols && { ALPNProtocols: [...protocols] }),
  })
  await once(socket, 'secureConnect')
  return socket
}

describe('over TLS', () => {
  test('the announced address is https, and the certificate stands for it', async () => {
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const socket = await handshake(undefined)
    expect(socket.authorized).toBe(true)
    expect(socket.getPeerCertificate().subjectaltname).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    )
    socket.destroy()
  })

  test.each([
    [['h2', 'http/1.1'], 'h2'],
    [['http/1.1', 'h2'], 'h2'],
    [['http/1.1'], 'http/1.1'],
    [undefined, false],
  ])('%j is answered with %s (CP-LITE-031)', async (offered, chosen) => {
    const socket = await handshake(offered)
    expect(socket.alpnProtocol).toBe(chosen)
    socket.destroy()
  })

  test('whoever offers only what is not spoken is told so in the handshake', async () => {
    await expect(handshake(['http/1.0', 'h3'])).rejects.toMatchObject({
      code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    })
  })

  test.each([[false], [true]])('undici is answered, with HTTP/2 allowed: %s', async (allowH2) => {
    const dispatcher = new Agent({ allowH2, connect: { ca: certificate.cert } })
    const answer = await fetchWith(`${url}/health`, { dispatcher })
    expect([answer.status, await answer.text()]).toEqual([200, 'OK'])
    await dispatcher.close()
  })

  test('a client without ALPN speaks HTTP/1.1', async () => {
    const sent = request(`${url}/health`, { ca: certificate.cert, agent: false })
    sent.end()
    const [answer] = await once(sent, 'response')
    expect([answer.statusCode, answer.httpVersion]).toEqual([200, '1.1'])
    answer.resume()
    await once(answer, 'end')
  })

  test('node:http2 is answered', async () => {
    const session: ClientHttp2Session = connectHttp2(url, { ca: certificate.cert })
    const stream = session.request({ ':path': '/health' })
    const [head] = await once(stream, 'response')
    expect(head[':status']).toBe(200)
    let body = ''
    for await (const chunk of stream) body += String(chunk)
    expect(body).toBe('OK')
    session.close()
  })

  test('a client that does not trust the certificate gets no further', async () => {
    await expect(fetch(`${url}/health`)).rejects.toMatchObject({
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  })
})

describe.each([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('sessions over TLS and %s', (name, openDuplex) => {
  test('are full duplex (CP-LITE-031, S2S-020)', async () => {
    const path = `/v1/streams/${encodeURIComponent(name)}/records`
    const headers = { 's2-basin': 'tls-basin', 'content-type': 's2s/proto' }
    const dispatcher = new Agent({ connect: { ca: certificate.cert } })
    const created = await fetchWith(`${url}/v1/basins/tls-basin`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"config":{"create_stream_on_append":true,"create_stream_on_read":true}}',
      dispatcher,
    })
    expect(created.ok).toBe(true)
    const reader = openDuplex(url, 'GET', `${path}?seq_num=0`, headers, certificate.cert)
    reader.end()
    const appender = openDuplex(url, 'POST', path, headers, certificate.cert)
    expect([await reader.status, await appender.status]).toEqual([200, 200])
    for (const [index, body] of ['a', 'b'].entries()) {
      const payload = encodeAppendInput({ records: [{ headers: [], body: Buffer.from(body) }] })
      appender.send(encodeFrame({ payload, compression: 'none' }))
      await expect.poll(() => appender.frames.length).toBe(index + 1)
    }
    await expect
      .poll(() =>
        reader.frames.flatMap((frame) =>
          frame.kind === 'message'
            ? decodeReadBatch(frame.payload).records.map(({ body }) => `${Buffer.from(body)}`)
            : [],
        ),
      )
      .toEqual(['a', 'b'])
    appender.end()
    await appender.ended
    reader.destroy()
    await dispatcher.close()
  })
})

test('a server that stops does not wait for who has only begun to greet', async () => {
  const stopping = await createServer({
    data: { store: await openMemoryStore() },
    options: { tls: certificate },
  })
  const stoppingUrl = await stopping.start()
  const greeting = await connectRaw(stoppingUrl)
  greeting.send(Uint8Array.of(0x16, 3, 1, 2, 0, 1))
  // A whole handshake behind it, so that the first bytes were looked at.
  const other = await handshake(['http/1.1'], stoppingUrl)
  await stopping.stop(3_600_000)
  await greeting.closed
  other.destroy()
})

describe('the wrong way round', () => {
  test('plain HTTP on a TLS port is answered in plain HTTP', async () => {
    const answer = await fetch(`${url.replace('https', 'http')}/health`)
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { code: 'bad_header', message: 'this port speaks TLS: use https' },
    ])
  })

  test('TLS on a plain port is answered with what no TLS client takes for TLS', async () => {
    const answer = fetch(`${plainUrl.replace('http', 'https')}/health`)
    await expect(answer).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/) },
    })
    const raw = await connectRaw(plainUrl)
    raw.send(Uint8Array.of(0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0))
    await raw.closed
    expect(raw.received).toMatch(/^HTTP\/1\.1 400 .*"this port does not speak TLS: use http"/s)
  })

  test('no TLS after all is the end of the connection, and of nothing else', async () => {
    const raw = await connectRaw(url)
    raw.send(Uint8Array.of(0x16, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
    await raw.closed
    const cut = await connectRaw(url)
    cut.send(Uint8Array.of(0x16, 3, 1, 2, 0))
    cut.socket.destroy()
    const socket = await handshake(['http/1.1'])
    expect(socket.authorized).toBe(true)
    socket.destroy()
  })
})
