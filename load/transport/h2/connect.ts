import type { OnReadOpts, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { CONNECT_MS, ConnectionError, type ConnectionOptions, openSocket } from '../connection.ts'
import { Http2Connection } from './connection.ts'

/** As much as is read at once: into the same bytes again and again, which costs less than to find new ones each time. */
const READ_BYTES = 256 * 1024

/** By prior knowledge (http:) or ALPN (https:), with the windows of both levels set. Rejects with a `ConnectionError`. */
export async function connectHttp2(options: ConnectionOptions): Promise<Http2Connection> {
  const { origin } = options
  let connection: Http2Connection | undefined
  const onread: OnReadOpts = {
    buffer: Buffer.allocUnsafeSlow(READ_BYTES),
    callback(length, bytes) {
      connection?.take(Buffer.from(bytes.buffer, bytes.byteOffset, length))
      return true
    },
  }
  connection = new Http2Connection(await connected(options, onread), options)
  const timer = setTimeout(() => connection.close(), CONNECT_MS)
  await connection.ready()
  clearTimeout(timer)
  if (!connection.isUsable)
    throw new ConnectionError(`${origin} closed the connection before it spoke HTTP/2`)
  return connection
}

function connected({ origin, via }: ConnectionOptions, onread: OnReadOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(origin, via, onread)
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
