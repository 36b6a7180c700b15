import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection of bytes: what a client can send that no HTTP library would. */
export interface RawConnection {
  readonly socket: Socket
  /** Everything that has come so far, as Latin-1. */
  readonly received: string
  send(bytes: string | Uint8Array): void
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>
}

export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  const closed = Promise.withResolvers<void>()
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.on('close', () => closed.resolve())
  await once(socket, 'connect')
  return {
    socket,
    get received() {
      return received
    },
    send: (bytes) => socket.write(bytes),
    closed: closed.promise,
  }
}
