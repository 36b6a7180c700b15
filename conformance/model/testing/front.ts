import http from 'node:http'
import net from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Something that stands before the server, and makes a mistake with what it hands on. */
export interface Front {
  readonly origin: string
  close(): void
}

export type CreateFront = (origin: string) => Promise<Front>

/** Hands on each packet as `change` makes it: null is none at all. `index` counts those of a connection. */
export const packetFront =
  (change: (packet: Buffer, index: number) => Uint8Array | null): CreateFront =>
  async (origin) => {
    const { hostname, port } = new URL(origin)
    const sockets = new Set<net.Socket>()
    const server = net.createServer((near) => {
      const far = net.connect(Number(port), hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.on('error', () => {}).once('close', () => other.destroy())
      }
      let index = 0
      near.on('data', (packet) => {
        const changed = change(packet, index++)
        if (changed !== null) far.write(changed)
      })
      near.once('end', () => far.end())
      far.pipe(near)
    })
    return await listening(server, () => {
      for (const socket of sockets) socket.destroy()
    })
  }

/** A request over HTTP/1.1 as it came. */
export interface FrontRequest {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

export interface FrontAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Uint8Array
}

/** Hands on each request as `change` makes it, and each answer as `render` does. */
export const requestFront =
  (
    change: (request: FrontRequest) => FrontRequest,
    render: (answer: FrontAnswer, request: FrontRequest) => FrontAnswer = (answer) => answer,
  ): CreateFront =>
  async (origin) => {
    const server = http.createServer(async (incoming, outgoing) => {
      const { method, url, rawHeaders } = incoming
      const pairs = rawHeaders.flatMap((name, index) =>
        index % 2 === 0 && !HOP.test(name) ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
      )
      const request = { headers: pairs, body: new Uint8Array(await buffer(incoming)) }
      const { headers, body } = change(request)
      const whole = [...headers, ['content-length', String(body.length)], ['connection', 'close']]
      const onward = http.request(`${origin}${url}`, { method, headers: whole.flat(), agent: false })
      onward.once('response', async (response) => {
        const came = { status: response.statusCode ?? 0, headers: response.headers }
        const answer = render({ ...came, body: new Uint8Array(await buffer(response)) }, request)
        delete answer.headers['transfer-encoding']
        outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length })
        outgoing.end(answer.body)
      })
      onward.end(body)
    })
    return await listening(server, () => server.closeAllConnections())
  }

/** Of one connection, not of the request. */
const HOP = /^(?:connection|content-length|transfer-encoding)$/i

async function listening(server: net.Server, cut: () => void): Promise<Front> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.close()
      cut()
    },
  }
}
