import http from 'node:http'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'

export interface StubRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

export interface StubAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Stub {
  readonly origin: string
  /** What was asked, in order. */
  readonly requests: readonly StubRequest[]
  close(): Promise<void>
}

/** `cut` closes the connection without an answer, `silent` never answers. */
export type Handler = (request: StubRequest) => StubAnswer | 'cut' | 'silent'

/** An HTTP/1.1 server on a free port that answers as the handler says. */
export async function startStub(handler: Handler): Promise<Stub> {
  const requests: StubRequest[] = []
  const server = http.createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming)
    requests.push(request)
    const answer = handler(request)
    if (answer === 'cut') incoming.socket.destroy()
    else if (answer !== 'silent') {
      outgoing.writeHead(answer.status ?? 200, answer.headers)
      outgoing.end(answer.body)
    }
  })
  const origin = await listen(server)
  const close = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return { origin, requests, close }
}

/** An HTTP/2 server with prior knowledge that hands each stream to the handler. */
export async function startHttp2Stub(
  onStream: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = http2.createServer()
  const sessions = new Set<http2.ServerHttp2Session>()
  server.on('session', (session) => sessions.add(session))
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    onStream(stream, headers)
  })
  const origin = await listen(server)
  const close = (): Promise<void> => {
    for (const session of sessions) session.destroy()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return { origin, close }
}

async function readRequest(incoming: http.IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { method = '', url = '', headers } = incoming
  return { method, path: url, headers, body: Buffer.concat(chunks) }
}

function listen(server: http.Server | http2.Http2Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve(`http://127.0.0.1:${port}`)
    })
  })
}
