import type { OnReadOpts, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { CONNECT_MS, type ConnectionOptions, openSocket } from '../connection.ts'
import { closedEarly, connectionError, noAnswer, noHttp2Offered, unreachable } from '../connection-error.ts'
import { TransportError } from '../transport-error.ts'
import { Http2Connection } from './connection.ts'
import { Http2Error } from './frame-reader.ts'

/** As much as is read at once: into the same bytes again and again, which costs less than to find new ones each time. */
const READ_BYTES = 256 * 1024

/** By prior knowledge (http:) or ALPN (https:), with the windows of both levels set. Rejects with a `TransportError`. */
export async function connectHttp2(options: ConnectionOptions): Promise<Http2Connection> {
  const { origin } = options
  let connection: Http2Connection | undefined
  const onread: OnReadOpts = {
    buffer: Buffer.allocUnsafeSlow(READ_BYTES),
    callback(length, bytes) {
      return connection?.take(Buffer.from(bytes.buffer, bytes.byteOffset, length)) ?? true
    },
  }
  connection = new Http2Connection(await connected(options, onread), options)
  await speaks(connection, origin)
  return connection
}

async function speaks(connection: Http2Connection, origin: string): Promise<void> {
  let late: TransportError | undefined
  const timer = setTimeout(() => {
    late = noAnswer(origin, CONNECT_MS)
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

function whyNot(origin: string, error: unknown): unknown {
  if (!(error instanceof TransportError)) return error
  if (error instanceof Http2Error) return unreachable(`${origin} breaks HTTP/2: ${error.message}`, error)
  // What the network or TLS says has a code; a server that dislikes a client may tell it only after the handshake.
  const { cause } = error
  return cause instanceof Error && 'code' in cause
    ? connectionError(origin, cause)
    : closedEarly(origin, error)
}

function connected({ origin, via }: ConnectionOptions, onread: OnReadOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(origin, via, onread)
    const fail = (error: TransportError): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const failed = (error: Error): void => fail(connectionError(origin, error))
    const timer = setTimeout(() => fail(noAnswer(origin, CONNECT_MS)), CONNECT_MS)
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
