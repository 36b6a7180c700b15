import { once } from 'node:events'
import {
  createServer as createHttp1,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import {
  type ClientHttp2Session,
  connect,
  createServer as createHttp2,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import { createServer, type Socket } from 'node:net'
import type { SentRequest } from './request.ts'

/** A proxy that forwards every request to a server and keeps what was sent. */
export interface Recorder extends AsyncDisposable {
  readonly url: string
  /** Returns the requests since the last call, oldest first. */
  take(): readonly SentRequest[]
}

type Incoming = IncomingMessage | Http2ServerRequest
type Outgoing = ServerResponse | Http2ServerResponse

/** Listens on a free port of loopback, for HTTP/1.1 and HTTP/2 without TLS. Sessions pass in both directions at once. */
export async function startRecorder(upstreamUrl: string): Promise<Recorder> {
  let sent: Kept[] = []
  let upstream: ClientHttp2Session | undefined
  const open = (): ClientHttp2Session => {
    if (upstream === undefined || upstream.closed || upstream.destroyed) {
      upstream = connect(upstreamUrl)
      upstream.on('error', () => {})
    }
    return upstream
  }
  const handle = (incoming: Incoming, outgoing: Outgoing): void => {
    const kept: Kept = { incoming, chunks: [] }
    sent.push(kept)
    forward(kept, outgoing, open())
  }
  const http1 = createHttp1(handle)
  const http2 = createHttp2(handle)
  http2.on('sessionError', () => {})
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
    socket.once('readable', () => {
      const first: Buffer | null = socket.read()
      if (first === null) return
      socket.unshift(first)
      const server = first.subarray(0, 3).toString('latin1') === 'PRI' ? http2 : http1
      server.emit('connection', socket)
    })
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    take() {
      const taken = sent.map(sentRequest)
      sent = []
      return taken
    },
    async [Symbol.asyncDispose]() {
      upstream?.destroy()
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

interface Kept {
  readonly incoming: Incoming
  readonly chunks: Uint8Array[]
}

const sentRequest = ({ incoming, chunks }: Kept): SentRequest => ({
  method: incoming.method ?? '',
  path: incoming.url ?? '',
  headers: textHeaders(incoming.headers),
  body: Buffer.concat(chunks),
})

const textHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name.startsWith(':') ? [] : [[name, String(value)]],
    ),
  )

/** Headers of one connection, which are not forwarded. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'host',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'te',
])

const forwarded = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name)))

function forward({ incoming, chunks }: Kept, outgoing: Outgoing, upstream: ClientHttp2Session): void {
  const stream = upstream.request(
    {
      ':method': incoming.method ?? '',
      ':path': incoming.url ?? '',
      ...forwarded(textHeaders(incoming.headers)),
    },
    { endStream: false },
  )
  stream.on('error', () => outgoing.destroy())
  incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  incoming.on('error', () => stream.close())
  incoming.pipe(stream)
  stream.once('response', (headers) => {
    outgoing.statusCode = headers[':status'] ?? 502
    for (const [name, value] of Object.entries(textHeaders(headers))) {
      if (!OF_CONNECTION.has(name)) outgoing.setHeader(name, value)
    }
    // Sends the head before the first chunk.
    if ('flushHeaders' in outgoing) outgoing.flushHeaders()
    stream.pipe(outgoing)
  })
  outgoing.once('close', () => stream.close())
}
