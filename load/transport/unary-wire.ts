import { buildConnector, Pool } from 'undici'
import type { Connections, Via } from './connection.ts'

/** A whole answer. */
export interface UnaryAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface UnaryRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

/** How whole requests travel; many may be under way. Rejects where no answer came. */
export interface UnaryWire {
  send(request: UnaryRequest): Promise<UnaryAnswer>
  close(): void
}

export const http2Wire = (connections: Connections): UnaryWire => ({
  async send({ method, path, headers, body }) {
    const session = await connections.next()
    return await new Promise((resolve, reject) => {
      const stream = session.request(
        { ':method': method, ':path': path, ...headers },
        { endStream: body === undefined },
      )
      let status = 0
      const chunks: Buffer[] = []
      stream.once('response', (head) => {
        status = head[':status'] ?? 0
      })
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.once('error', reject)
      stream.once('close', () => {
        const isWhole = status !== 0 && stream.rstCode === 0
        if (isWhole)
          resolve({ status, body: chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks) })
        else reject(new Error(`the stream was closed with code ${stream.rstCode}`))
      })
      if (body !== undefined) stream.end(body)
    })
  },
  close: () => connections.close(),
})

/** One request at a time on each connection, as HTTP/1.1 has it. */
export function http1Wire(origin: string, connections: number, via?: Via): UnaryWire {
  const connect = buildConnector({})
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    ...(via !== undefined && {
      connect: (options, callback) =>
        connect(
          {
            ...options,
            hostname: via.host,
            port: String(via.port),
            servername: options.servername ?? options.hostname,
          },
          callback,
        ),
    }),
  })
  return {
    async send({ method, path, headers, body }) {
      const { statusCode, body: answer } = await pool.request({
        method,
        path,
        headers: { ...headers },
        ...(body !== undefined && { body }),
      })
      return { status: statusCode, body: Buffer.from(await answer.arrayBuffer()) }
    },
    close: () => void pool.destroy(),
  }
}

const EMPTY = Buffer.alloc(0)
