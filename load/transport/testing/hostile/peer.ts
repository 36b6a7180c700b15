import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** One way to use the transports against a peer. */
export type Operation =
  | 'h2-proto append'
  | 'h2-json append'
  | 'h1-json append'
  | 's2s append'
  | 's2s read'
  | 's2s read over shared connections'
  | 'sse read'
  | 'check-tail'

/** A server that breaks or abuses its protocol. */
export interface HostilePeer {
  readonly name: string
  readonly operations: readonly Operation[]
  /** Bytes that it sends before any request; by default an empty SETTINGS frame for HTTP/2 and nothing for HTTP/1.1. */
  readonly greeting?: Buffer
  /** Bytes that it sends once a request has arrived; the connection is closed behind the last of them. */
  readonly attack: (stream: number) => Iterable<Buffer>
  /** True where it reads nothing after the request. */
  readonly isDeaf?: boolean
  /** Part of the sentence with which the operation must end. */
  readonly expected: string
}

/** Bytes that a peer sends at most, ten times what the client may hold. */
const MOST_BYTES = 640 * 1024 * 1024
const PIECE_BYTES = 64 * 1024

/** Repeats these bytes in pieces of about 64 KiB, without end. */
export function* endless(bytes: Buffer): Generator<Buffer> {
  const times = Math.max(1, Math.floor(PIECE_BYTES / bytes.length))
  const piece = Buffer.concat(Array.from({ length: times }, () => bytes))
  for (;;) yield piece
}

export interface Listening {
  readonly port: number
  close(): void
}

/** Listens on 127.0.0.1 as this peer does. */
export async function listenAs(peer: HostilePeer): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    void serve(peer, socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function serve(peer: HostilePeer, socket: Socket): Promise<void> {
  const isHttp1 = peer.operations.includes('h1-json append')
  socket.write(peer.greeting ?? (isHttp1 ? '' : EMPTY_SETTINGS))
  const stream = await requestOn(socket, isHttp1)
  if (peer.isDeaf) socket.pause()
  else socket.resume()
  let sent = 0
  for (const piece of peer.attack(stream)) {
    if (socket.destroyed || sent > MOST_BYTES) break
    sent += piece.length
    if (!socket.write(piece)) await drained(socket)
  }
  socket.end()
}

/** Resolves when the socket takes more, or is closed. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go)
      resolve()
    }
    socket.on('drain', go).on('close', go)
  })
}

const EMPTY_SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])
const PREFACE_BYTES = 24
const HEADERS = 1

/** Resolves with the stream of the first request; never for a connection that has none. */
function requestOn(socket: Socket, isHttp1: boolean): Promise<number> {
  let held = Buffer.alloc(0)
  return new Promise((resolve) => {
    const look = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk])
      const stream = isHttp1 ? (held.includes('\r\n\r\n') ? 0 : undefined) : streamIn(held)
      if (stream === undefined) return
      socket.off('data', look)
      resolve(stream)
    }
    socket.on('data', look)
  })
}

/** The stream of the first HEADERS frame behind the preface. */
function streamIn(bytes: Buffer): number | undefined {
  for (let at = PREFACE_BYTES; bytes.length - at >= 9; at += 9 + bytes.readUIntBE(at, 3))
    if (bytes[at + 3] === HEADERS) return bytes.readUInt32BE(at + 5)
  return undefined
}
