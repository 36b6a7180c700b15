import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { CONNECT_MS, ConnectionError, type ConnectionOptions, openSocket } from '../connection.ts'
import { Http2Connection } from './connection.ts'

/** By prior knowledge (http:) or ALPN (https:), with the windows of both levels set. Rejects with a `ConnectionError`. */
export async function connectHttp2(options: ConnectionOptions): Promise<Http2Connection> {
  const { origin } = options
  const connection = new Http2Connection(await connected(options), options)
  const timer = setTimeout(() => connection.close(), CONNECT_MS)
  await connection.ready()
  clearTimeout(timer)
  if (!connection.isUsable)
    throw new ConnectionError(`${origin} closed the connection before it spoke HTTP/2`)
  return connection
}

function connected({ origin, via }: ConnectionOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(origin, via)
    const fail = (why: string, cause?: unknown): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(new ConnectionError(`${origin}${why}`, cause))
    }
    const failed = (error: Error): void => fail(`: ${error.message}`, error)
    const timer = setTimeout(() => fail(` did not answer in ${CONNECT_MS / 1000} s`), CONNECT_MS)
    socket.once('error', failed)
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      if (socket instanceof TLSSocket && socket.alpnProtocol !== 'h2') {
        fail(' does not speak HTTP/2')
        return
      }
      clearTimeout(timer)
      socket.off('error', failed)
      socket.setNoDelay(true)
      resolve(socket)
    })
  })
}
