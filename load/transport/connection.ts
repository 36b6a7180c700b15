import http2, { type ClientHttp2Session } from 'node:http2'
import net, { type OnReadOpts, type Socket } from 'node:net'
import tls from 'node:tls'
import { limitIdleBytes, MAX_IDLE_BYTES } from '../../client/wire/idle-bytes.ts'
import { addressOf } from './address-of.ts'
import { closedEarly, connectionError, noAnswer, noHttp2Offered } from './connection-error.ts'
import { hearGoodbye } from './goaway.ts'
import { TransportError } from './transport-error.ts'
import { createWindowAudit, type WindowAudit } from './window-audit.ts'

export interface ConnectionOptions {
  readonly origin: string
  readonly streamWindow: number
  readonly connectionWindow: number
  /** Streams of a connection at a time, if fewer than the target takes. */
  readonly mostStreams?: number
  /** Where to connect to in place of the origin, on this machine: a proxy. What is said there stays the same. */
  readonly via?: Via
}

export interface Via {
  readonly host: string
  readonly port: number
}

/** Frames of HTTP/2 that may be this large cost fewer turns than those of 16 KiB. */
const MAX_FRAME_SIZE = 256 * 1024
/** Node ends a session that holds more than this in memory; many appends under way need more than its 10 MB. */
const MOST_MEGABYTES = 1024
export const CONNECT_MS = 10_000

/** By prior knowledge (http:) or ALPN (https:), with the windows of both levels set. Rejects with a `TransportError`. */
export function openConnection({
  origin,
  streamWindow,
  connectionWindow,
  via,
}: ConnectionOptions): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = http2.connect(origin, {
      settings: { enablePush: false, initialWindowSize: streamWindow, maxFrameSize: MAX_FRAME_SIZE },
      maxSessionMemory: MOST_MEGABYTES,
      ...(via !== undefined && { createConnection: () => openSocket(origin, via) }),
    })
    hearGoodbye(session)
    limitIdleBytes(session, (why) => new TransportError('malformed', why), MAX_IDLE_BYTES + connectionWindow)
    const timer = setTimeout(() => session.destroy(noAnswer(origin, CONNECT_MS)), CONNECT_MS)
    session.once('connect', () => session.setLocalWindowSize(connectionWindow))
    session.once('remoteSettings', () => {
      clearTimeout(timer)
      resolve(session)
    })
    session.on('error', (error) => {
      clearTimeout(timer)
      // Node goes on with whatever was agreed on, and says of it only that it breaks the protocol.
      const isOther = session.encrypted === true && session.alpnProtocol !== 'h2'
      reject(isOther ? noHttp2Offered(origin, error) : connectionError(origin, error))
    })
    session.once('close', () => {
      clearTimeout(timer)
      reject(closedEarly(origin))
    })
  })
}

/** Towards the origin, or towards what stands for it; without TLS what comes goes to `onread` if there is one. */
export function openSocket(origin: string, via?: Via, onread?: OnReadOpts): Socket {
  const isTls = new URL(origin).protocol === 'https:'
  const address = addressOf(origin)
  const { host } = address
  const to = via ?? address
  // An address is no server name (RFC 6066).
  const named = net.isIP(host) === 0 ? { servername: host } : {}
  return isTls
    ? tls.connect({
        ...to,
        ...named,
        ALPNProtocols: ['h2'],
        // The certificate is that of the origin also where something else stands for it.
        checkServerIdentity: (_to, certificate) => tls.checkServerIdentity(host, certificate),
      })
    : net.connect({ ...to, ...(onread !== undefined && { onread }) })
}

/** The connections of one thread: streams are dealt to them in turn. */
export interface Connections {
  /** Streams that one of them may have at a time, however many the target takes; Infinity where nobody has said. */
  readonly mostStreams: number
  /** One that is open, opened again where it was lost. Rejects with a `TransportError`. */
  next(): Promise<ClientHttp2Session>
  readonly opened: number
  /** Of the windows of all of them. */
  readonly audit: WindowAudit
  close(): void
}

export function createConnections(
  options: ConnectionOptions,
  count: number,
  audit: WindowAudit = createWindowAudit(),
): Connections {
  const slots: (Promise<ClientHttp2Session> | undefined)[] = Array.from({ length: count })
  const live = new Set<ClientHttp2Session>()
  let turn = 0
  let opened = 0
  const open = async (slot: number): Promise<ClientHttp2Session> => {
    const session = await openConnection(options)
    const mine = slots[slot]
    // One that goes away lives on for a while, and another has its slot by then.
    const leave = (): void => {
      if (slots[slot] === mine) slots[slot] = undefined
    }
    opened += 1
    live.add(session)
    audit.connected(session)
    session.once('goaway', leave).once('close', () => {
      live.delete(session)
      leave()
    })
    return session
  }
  return {
    mostStreams: options.mostStreams ?? Number.POSITIVE_INFINITY,
    next() {
      const slot = turn++ % count
      const session = slots[slot] ?? open(slot)
      slots[slot] = session
      session.catch(() => {
        if (slots[slot] === session) slots[slot] = undefined
      })
      return session
    },
    get opened() {
      return opened
    },
    audit,
    close() {
      for (const session of live) session.destroy()
    },
  }
}
