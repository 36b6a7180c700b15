import type { ClientHttp2Session, ClientHttp2Stream, Http2Session } from 'node:http2'
import { type Audited, auditedSession } from './audited-session.ts'
import type { Waits } from './window-waits.ts'

/** What a thread knows of HTTP/2's windows; bytes, and times in milliseconds. */
export interface WindowFigures {
  /** What the target gives: of each stream, by its settings, and of each connection, as it was seen first. */
  readonly theirs: { readonly stream: number; readonly connection: number }
  /** The least that any connection had left. */
  readonly leastLeft: number
  /** How often a connection's window was seen to have grown; updates that came between two looks count as one. */
  readonly grown: number
  /** How long data waited on connections, one by one: for the window of a connection, or for that of a stream. */
  readonly blockedByConnectionMs: number
  readonly blockedByStreamMs: number
  /** Times that this began, and the longest of them. */
  readonly stretches: number
  readonly longestMs: number
  /** The greatest part of our own connection window that was taken and not given back, 0 to 1. */
  readonly oursTaken: number
}

/** Looks at connections again and again; long-lived streams that append are to be told to it. */
export interface WindowAudit {
  watches(connection: Audited): void
  connected(session: ClientHttp2Session): void
  appends(stream: ClientHttp2Stream): void
  /** The part of the time since the look before in which data waited on a connection, 0 to 1: of the one where it waited longest. */
  look(): number
  figures(): WindowFigures
}

interface Watched {
  window: number
  waits: Waits
}

export function createWindowAudit(now: () => number = () => performance.now()): WindowAudit {
  const watching = new Map<Audited, Watched>()
  const streams = new Map<ClientHttp2Stream, Http2Session | undefined>()
  let theirs = { stream: 0, connection: 0 }
  let [leastLeft, grown, oursTaken] = [Number.POSITIVE_INFINITY, 0, 0]
  let [byConnection, byStream, stretches, longest] = [0, 0, 0, 0]
  let lookedAt = now()

  const seeWindows = (connection: Audited, watched: Watched): void => {
    const { theirs: given, ours, taken } = connection.windows
    if (given.connection > watched.window) grown += 1
    watched.window = given.connection
    leastLeft = Math.min(leastLeft, given.connection)
    if (ours > 0) oursTaken = Math.max(oursTaken, Math.min(1, taken / ours))
  }
  /** Milliseconds that data has waited since the look before. */
  const seeWaits = (connection: Audited, watched: Watched, at: number): number => {
    const waits = connection.waits(at)
    const before = watched.waits
    const more = {
      byConnection: waits.byConnection - before.byConnection,
      byStream: waits.byStream - before.byStream,
    }
    watched.waits = waits
    byConnection += more.byConnection
    byStream += more.byStream
    stretches += waits.stretches - before.stretches
    longest = Math.max(longest, waits.longest)
    return more.byConnection + more.byStream
  }
  const watches = (connection: Audited): void => {
    theirs = connection.windows.theirs
    watching.set(connection, { window: theirs.connection, waits: connection.waits(now()) })
  }
  return {
    watches,
    connected: (session) => watches(auditedSession(session, streams, now())),
    appends(stream) {
      streams.set(stream, stream.session)
      stream.once('close', () => streams.delete(stream))
    },
    look() {
      const at = now()
      const passed = at - lookedAt
      lookedAt = at
      let longestHere = 0
      for (const [connection, watched] of watching) {
        longestHere = Math.max(longestHere, seeWaits(connection, watched, at))
        if (connection.isOver) watching.delete(connection)
        else seeWindows(connection, watched)
      }
      return passed <= 0 ? 0 : Math.min(1, longestHere / passed)
    },
    figures: () => ({
      theirs,
      leastLeft: Number.isFinite(leastLeft) ? Math.max(0, leastLeft) : 0,
      grown,
      blockedByConnectionMs: byConnection,
      blockedByStreamMs: byStream,
      stretches,
      longestMs: longest,
      oursTaken,
    }),
  }
}
