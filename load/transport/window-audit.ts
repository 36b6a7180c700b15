import type { ClientHttp2Session, ClientHttp2Stream, Http2Session } from 'node:http2'

/** What a thread knows of HTTP/2's windows; bytes, and counts of samples that are `everyMs` apart. */
export interface WindowFigures {
  /** What the target gives: of each stream, by its settings, and of each connection, as it was seen first. */
  readonly theirs: { readonly stream: number; readonly connection: number }
  /** The least that any connection had left. */
  readonly leastLeft: number
  /** How often a connection's window was seen to have grown; updates that came between two samples count as one. */
  readonly grown: number
  readonly samples: number
  /** In which data waited on a connection, and not a byte of it went: for its window, or for that of a stream. */
  readonly blockedByConnection: number
  readonly blockedByStream: number
  /** Times that this began, and the longest of them in samples. */
  readonly stretches: number
  readonly longest: number
  /** The greatest part of our own connection window that was taken and not given back, 0 to 1. */
  readonly oursTaken: number
}

/** Looks at connections again and again; long-lived streams that append are to be told to it. */
export interface WindowAudit {
  connected(session: ClientHttp2Session): void
  appends(stream: ClientHttp2Stream): void
  /** Whether any connection was blocked since the look before. */
  look(): boolean
  figures(): WindowFigures
}

interface Watched {
  written: number
  window: number
  blockedFor: number
}

/** A connection that sends no more than this between two looks sends no data: acks of pings and settings are smaller. */
const NEXT_TO_NOTHING = 512

export function createWindowAudit(): WindowAudit {
  const sessions = new Map<Http2Session, Watched>()
  const streams = new Map<ClientHttp2Stream, Http2Session | undefined>()
  let theirs = { stream: 0, connection: 0 }
  let [leastLeft, grown, samples, byConnection, byStream] = [Number.POSITIVE_INFINITY, 0, 0, 0, 0]
  let [stretches, longest, oursTaken] = [0, 0, 0]

  /** Why data waits on this connection, if it does and none of it went. */
  const blocked = (session: Http2Session, watched: Watched): 'connection' | 'stream' | undefined => {
    const written = session.socket.bytesWritten
    const hasSent = written - watched.written > NEXT_TO_NOTHING
    watched.written = written
    if (hasSent) return undefined
    const isWaiting = [...streams].some(([stream, on]) => on === session && stream.bufferSize > 0)
    if (!isWaiting) return undefined
    return watched.window <= 0 ? 'connection' : 'stream'
  }
  const see = (session: Http2Session, watched: Watched): boolean => {
    const { remoteWindowSize = 0, effectiveRecvDataLength = 0, effectiveLocalWindowSize = 0 } = session.state
    if (remoteWindowSize > watched.window) grown += 1
    watched.window = remoteWindowSize
    leastLeft = Math.min(leastLeft, remoteWindowSize)
    if (effectiveLocalWindowSize > 0)
      oursTaken = Math.max(oursTaken, Math.min(1, effectiveRecvDataLength / effectiveLocalWindowSize))
    const why = blocked(session, watched)
    if (why === undefined) {
      watched.blockedFor = 0
      return false
    }
    if (why === 'connection') byConnection += 1
    else byStream += 1
    watched.blockedFor += 1
    if (watched.blockedFor === 1) stretches += 1
    longest = Math.max(longest, watched.blockedFor)
    return true
  }
  return {
    connected(session) {
      const { remoteWindowSize = 0 } = session.state
      theirs = { stream: session.remoteSettings.initialWindowSize ?? 0, connection: remoteWindowSize }
      sessions.set(session, { written: session.socket.bytesWritten, window: remoteWindowSize, blockedFor: 0 })
      session.once('close', () => sessions.delete(session))
    },
    appends(stream) {
      streams.set(stream, stream.session)
      stream.once('close', () => streams.delete(stream))
    },
    look() {
      samples += 1
      let isBlocked = false
      for (const [session, watched] of sessions) if (see(session, watched)) isBlocked = true
      return isBlocked
    },
    figures: () => ({
      theirs,
      leastLeft: Number.isFinite(leastLeft) ? Math.max(0, leastLeft) : 0,
      grown,
      samples,
      blockedByConnection: byConnection,
      blockedByStream: byStream,
      stretches,
      longest,
      oursTaken,
    }),
  }
}
