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

/** The windows of a connection at a moment, in bytes: what the target gives, and what we give and is taken of it. */
export interface AuditedWindows {
  readonly theirs: { readonly stream: number; readonly connection: number }
  readonly ours: number
  readonly taken: number
}

/** A connection, as far as its windows go. */
export interface Audited {
  readonly isOver: boolean
  readonly bytesWritten: number
  /** Whether data is there to be sent. */
  readonly isWaiting: boolean
  readonly windows: AuditedWindows
}

/** Looks at connections again and again; long-lived streams that append are to be told to it. */
export interface WindowAudit {
  watches(connection: Audited): void
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
  const watching = new Map<Audited, Watched>()
  const streams = new Map<ClientHttp2Stream, Http2Session | undefined>()
  let theirs = { stream: 0, connection: 0 }
  let [leastLeft, grown, samples, byConnection, byStream] = [Number.POSITIVE_INFINITY, 0, 0, 0, 0]
  let [stretches, longest, oursTaken] = [0, 0, 0]

  /** Why data waits on this connection, if it does and none of it went. */
  const blocked = (connection: Audited, watched: Watched): 'connection' | 'stream' | undefined => {
    const written = connection.bytesWritten
    const hasSent = written - watched.written > NEXT_TO_NOTHING
    watched.written = written
    if (hasSent || !connection.isWaiting) return undefined
    return watched.window <= 0 ? 'connection' : 'stream'
  }
  const see = (connection: Audited, watched: Watched): boolean => {
    const { theirs: given, ours, taken } = connection.windows
    if (given.connection > watched.window) grown += 1
    watched.window = given.connection
    leastLeft = Math.min(leastLeft, given.connection)
    if (ours > 0) oursTaken = Math.max(oursTaken, Math.min(1, taken / ours))
    const why = blocked(connection, watched)
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
  const watches = (connection: Audited): void => {
    theirs = connection.windows.theirs
    watching.set(connection, {
      written: connection.bytesWritten,
      window: theirs.connection,
      blockedFor: 0,
    })
  }
  return {
    watches,
    connected: (session) => watches(auditedSession(session, streams)),
    appends(stream) {
      streams.set(stream, stream.session)
      stream.once('close', () => streams.delete(stream))
    },
    look() {
      samples += 1
      let isBlocked = false
      for (const [connection, watched] of watching) {
        if (connection.isOver) watching.delete(connection)
        else if (see(connection, watched)) isBlocked = true
      }
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

/** Of node:http2; data waits where one of the streams that append has some. */
function auditedSession(
  session: ClientHttp2Session,
  streams: ReadonlyMap<ClientHttp2Stream, Http2Session | undefined>,
): Audited {
  return {
    get isOver() {
      return session.destroyed
    },
    get bytesWritten() {
      return session.socket.bytesWritten
    },
    get isWaiting() {
      return [...streams].some(([stream, on]) => on === session && stream.bufferSize > 0)
    },
    get windows() {
      const { state, remoteSettings } = session
      return {
        theirs: { stream: remoteSettings.initialWindowSize ?? 0, connection: state.remoteWindowSize ?? 0 },
        ours: state.effectiveLocalWindowSize ?? 0,
        taken: state.effectiveRecvDataLength ?? 0,
      }
    },
  }
}
