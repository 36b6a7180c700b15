import { buildConnector, Pool } from 'undici'
import type { Connections, Via } from './connection.ts'
import { requestOn } from './endless.ts'
import { Queue } from './queue.ts'
import { asCut, cutBy, TransportError } from './transport-error.ts'

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
  /** Told `true` where all connections, or all their streams, are taken, and then `false` once there is one for it. */
  readonly onWait?: (isWaiting: boolean) => void
}

/** How whole requests travel; many may be under way. Rejects with a `TransportError` where no answer came. */
export interface UnaryWire {
  send(request: UnaryRequest): Promise<UnaryAnswer>
  close(): void
}

export const http2Wire = (connections: Connections): UnaryWire => ({
  async send({ method, path, headers, body }) {
    const session = await connections.next()
    return await new Promise((resolve, reject) => {
      const stream = requestOn(
        session,
        { ':method': method, ':path': path, ...headers },
        { endStream: body === undefined },
      )
      let status = 0
      const chunks: Buffer[] = []
      stream.once('response', (head) => {
        status = head[':status'] ?? 0
      })
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.once('error', (error) => reject(cutBy(error)))
      stream.once('close', () => {
        const isWhole = status !== 0 && stream.rstCode === 0
        if (isWhole)
          resolve({ status, body: chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks) })
        else reject(new TransportError('cut', `the stream was closed with code ${stream.rstCode}`))
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
  const waiting = new Queue<() => void>()
  let free = connections
  const take = async (onWait: UnaryRequest['onWait']): Promise<void> => {
    free -= 1
    if (free >= 0) return
    onWait?.(true)
    await new Promise<void>((resolve) => waiting.push(resolve))
    onWait?.(false)
  }
  const giveBack = (): void => {
    free += 1
    waiting.shift()?.()
  }
  const send = async ({ method, path, headers, body }: UnaryRequest): Promise<UnaryAnswer> => {
    const { statusCode, body: answer } = await pool.request({
      method,
      path,
      headers: { ...headers },
      ...(body !== undefined && { body }),
    })
    return { status: statusCode, body: Buffer.from(await answer.arrayBuffer()) }
  }
  return {
    async send(request) {
      await take(request.onWait)
      try {
        return await send(request)
      } catch (error) {
        throw asCut(error)
      } finally {
        giveBack()
      }
    },
    close: () => void pool.destroy(),
  }
}

const EMPTY = Buffer.alloc(0)
