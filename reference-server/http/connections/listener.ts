import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from 'node:http2'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { coalesceChunks } from '../flow-control/coalesce-chunks.ts'
import { WindowBudget } from '../flow-control/window-budget.ts'
import { dropLeftover, type Request, type Response } from '../requests/discard-body.ts'
import type { Services } from '../services.ts'
import type { Certificate } from './certificate.ts'
import { MAX_HEAD_BYTES } from './head-limit.ts'
import { closeIdleSessions } from './idle-sessions.ts'
import { detectByAlpn, detectPlain } from './protocol-detection.ts'
import type { Protocol } from './sniff.ts'

/** One port for both versions of HTTP, plain or over TLS (RTE-030, CP-LITE-031). */
export interface Listener {
  /** Rejects with Node's error if the address cannot be had. */
  listen(port: number, host: string): Promise<AddressInfo>
  /** Accepts nothing more. Whoever is in stays, and is told with each answer over HTTP/1.1 that it is the last. */
  shut(): void
  /** Sends away who is idle, and the others once what is under way has its answer; over HTTP/2 with a GOAWAY. */
  dismiss(): void
  /** How many are in. */
  connections(): number
  /** Resolves when nobody is left. */
  empty(): Promise<void>
  cut(): void
  /** Hands new requests to another server, cuts all connections, and resolves when they are closed. */
  replace(http1: Server): Promise<void>
}

/**
 * Over TLS if there is a certificate. `http1` does not listen: it is given its connections, and the requests that came
 * over HTTP/2.
 */
export function createListener(
  first: Server,
  services: Services,
  certificate: Certificate | undefined,
): Listener {
  let http1 = first
  const http2 = createHttp2Server(HTTP2_LIMITS)
  // Half-open connections would hide from HTTP/2 that a client has left.
  const door = createServer({ allowHalfOpen: false, noDelay: true, keepAlive: true })
  door.maxConnections = services.bounds.connections
  const sockets = trackSockets(door)
  const sessions = trackSessions(http2)
  closeIdleSessions(http2, services.clock)
  const undecided = new Map<string, Socket>()
  let closed: Promise<unknown> | undefined
  let dismissed = false

  const admit = (socket: Socket, protocol: Protocol): void => {
    undecided.delete(peerOf(socket))
    if (protocol === 'http2') http2.emit('connection', socket)
    else http1.emit('connection', socket.resume())
  }
  const enter =
    certificate === undefined ? detectPlain(services, admit) : detectByAlpn(certificate, services, admit)
  door.on('connection', (socket) => {
    const peer = peerOf(socket)
    undecided.set(peer, socket)
    socket.once('close', () => undecided.delete(peer))
    enter(socket)
  })
  // From this event on Node keeps a list of connections, for the time limit of heads and to find the idle ones.
  door.on('listening', () => http1.emit('listening'))
  const { turns } = services.bounds
  http2.prependListener('stream', (stream) => coalesceChunks(stream, turns))
  http2.on('request', (request, response) => http1.emit('request', request, response))
  const prepare = (request: Request, response: Response): void => {
    coalesceChunks(request, turns)
    if (closed !== undefined && request.httpVersionMajor === 1) response.setHeader('connection', 'close')
    const closeIfIdle = (): void => {
      if (dismissed) setImmediate(() => http1.closeIdleConnections())
    }
    // Whichever comes last: a session's answer may be complete before its request.
    request.on('end', closeIfIdle)
    response.on('close', closeIfIdle)
    dropLeftover(request, response, services.clock)
  }
  http1.prependListener('request', prepare)

  return {
    async listen(port, host) {
      door.listen(port, host)
      await once(door, 'listening')
      const address = door.address()
      if (address === null || typeof address === 'string') throw new TypeError('not a TCP address')
      return address
    },
    shut() {
      if (!door.listening) return
      closed = once(door, 'close')
      door.close()
      for (const socket of undecided.values()) socket.destroy()
    },
    dismiss() {
      dismissed = true
      for (const session of sessions) session.close()
      http1.close()
    },
    connections: () => sockets.size,
    async empty() {
      await closed
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async replace(next) {
      http1.close()
      http1 = next.prependListener('request', prepare)
      if (door.listening) http1.emit('listening')
      await Promise.all([...sockets].map((socket) => once(socket.destroy(), 'close')))
    },
  }
}

/** What all streams of all connections may send before they are read; one stream a megabyte of it. */
const WINDOWS_BYTES = 128 * 1_048_576

const HTTP2_LIMITS = {
  // Megabytes of one connection; above it, new requests on that connection are refused.
  maxSessionMemory: 64,
  // Otherwise such fields are silently removed; see request-head.ts.
  strictFieldWhitespaceValidation: false,
  settings: { maxConcurrentStreams: 1000, initialWindowSize: 1_048_576, maxHeaderListSize: MAX_HEAD_BYTES },
}

/** The same for a connection and for the TLS on it. */
const peerOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`

function trackSockets(door: ReturnType<typeof createServer>): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  door.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

function trackSessions(http2: Http2Server): ReadonlySet<ServerHttp2Session> {
  const sessions = new Set<ServerHttp2Session>()
  const windows = new WindowBudget(WINDOWS_BYTES)
  http2.on('session', (session) => {
    const window = windows.grant()
    session.setLocalWindowSize(window)
    sessions.add(session)
    session.once('close', () => {
      sessions.delete(session)
      windows.giveBack(window)
    })
  })
  return sessions
}
