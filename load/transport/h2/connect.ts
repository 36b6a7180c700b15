import type { OnReadOpts, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { CONNECT_MS, type ConnectionOptions, openSocket } from '../connection.ts'
import { ConnectionError, connectionError, noHttp2Offered } from '../connection-error.ts'
import { Http2Connection } from './connection.ts'
import { Http2Error } from './frame-reader.ts'

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
  await speaks(connection, origin)
  return connection
}

async function speaks(connection: Http2Connection, origin: string): Promise<void> {
  let late: ConnectionError | undefined
  const timer = setTimeout(() => {
    late = noAnswer(origin)
    connection.close()
  }, CONNECT_MS)
  try {
    await connection.ready()
  } catch (error) {
    throw late ?? whyNot(origin, error)
  } finally {
    clearTimeout(timer)
  }
}

function whyNot(origin: string, error: unknown): ConnectionError {
  if (error instanceof Http2Error)
    return new ConnectionError(`${origin} does not speak HTTP/2: ${error.message}`, error)
  // What the network or TLS says has a code; a server that dislikes a client may tell it only after the handshake.
  if (error instanceof Error && 'code' in error) return connectionError(origin, error)
  return new ConnectionError(`${origin} closed the connection before it spoke HTTP/2`, error)
}

const noAnswer = (origin: string): ConnectionError =>
  new ConnectionError(`${origin} did not answer in ${CONNECT_MS / 1000} s`)

function connected({ origin, via }: ConnectionOptions, onread: OnReadOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(origin, via, onread)
    const fail = (error: ConnectionError): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const failed = (error: Error): void => fail(connectionError(origin, error))
    const timer = setTimeout(() => fail(noAnswer(origin)), CONNECT_MS)
    socket.once('error', failed)
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      if (socket instanceof TLSSocket && socket.alpnProtocol !== 'h2') {
        fail(noHttp2Offered(origin))
        return
      }
      clearTimeout(timer)
      socket.off('error', failed)
      socket.setNoDelay(true)
      resolve(socket)
    })
  })
}
