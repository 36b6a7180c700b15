import type { ClientHttp2Session, ClientHttp2Stream, Http2Session } from 'node:http2'

import { type Closed, type Waits, WaitTally } from './window-waits.ts'

/** A connection that sends no more than this between two looks sends no data: acks of pings and settings are smaller. */
const NEXT_TO_NOTHING = 512

/**
 * At this part of what a window lets through in the time, or more, it is the window that holds data back. Waiting for a
 * processor on either side makes round trips longer than the shortest.
 */
const LIMITING = 0.4

/** What there is between two looks at a connection. */
export interface Span {
  readonly milliseconds: number
  /** Bytes. */
  readonly sent: number
  /** Streams that had data waiting at its beginning and at its end. */
  readonly waiting: number
  /** What the target gives a stream, in bytes. */
  readonly streamWindow: number
  /** The shortest that was seen; undefined where none was. */
  readonly roundTripMs: number | undefined
}

/**
 * Whether streams waited for their windows, of which node:http2 does not say what they have left. It is so where something
 * waited and nothing went: or the target did not read. And where about as much went as the windows let through, one after
 * the other, once in each round trip. A target that is near lets so much through that something else is in the way.
 */
export function streamsWaited({ milliseconds, sent, waiting, streamWindow, roundTripMs }: Span): boolean {
  if (waiting === 0) return false
  if (sent <= NEXT_TO_NOTHING) return true
  if (roundTripMs === undefined) return false
  const atOnce = waiting * streamWindow
  const atMost = (atOnce * milliseconds) / roundTripMs
  // More than twice that, and what was open at the beginning, shows that round trips are shorter than is known.
  return sent >= LIMITING * atMost && sent <= atOnce + 2 * atMost
}

/** How far away a target is shows before it has work to do, and the shortest of many is hardly one that had to wait. */
const FIRST_PINGS = 10
/** Some targets send away who pings them often. */
const PING_MS = 1000

/** Of node:http2; data waits where one of the streams that append has some. */
export function auditedSession(
  session: ClientHttp2Session,
  streams: ReadonlyMap<ClientHttp2Stream, Http2Session | undefined>,
  beginMs: number,
): Audited {
  const tally = new WaitTally()
  let written = session.socket.bytesWritten
  let lookedAt = beginMs
  let waiting: ReadonlySet<ClientHttp2Stream> = new Set()
  let pingedAt = beginMs
  let roundTripMs: number | undefined

  /** So many, one after the other. */
  const ping = (left: number): void => {
    if (left === 0 || session.destroyed) return
    session.ping((error, took) => {
      if (error !== null) return
      roundTripMs = Math.min(roundTripMs ?? took, took)
      ping(left - 1)
    })
  }
  ping(FIRST_PINGS)
  const waitingNow = (): ReadonlySet<ClientHttp2Stream> =>
    new Set([...streams].flatMap(([stream, on]) => (on === session && stream.bufferSize > 0 ? [stream] : [])))

  /** A connection's window that is used up now is the limit however much went: each time that it opens something goes. */
  const closedWindow = (milliseconds: number, sent: number, before: typeof waiting): Closed | undefined => {
    const { state, remoteSettings } = session
    if (waiting.size > 0 && (state.remoteWindowSize ?? 0) <= 0) return 'connection'
    const span = {
      ...{ milliseconds, sent, roundTripMs },
      waiting: [...waiting].filter((stream) => before.has(stream)).length,
      streamWindow: remoteSettings.initialWindowSize ?? 0,
    }
    return streamsWaited(span) ? 'stream' : undefined
  }
  return {
    get isOver() {
      return session.destroyed
    },
    get windows() {
      const { state, remoteSettings } = session
      return {
        theirs: { stream: remoteSettings.initialWindowSize ?? 0, connection: state.remoteWindowSize ?? 0 },
        ours: state.effectiveLocalWindowSize ?? 0,
        taken: state.effectiveRecvDataLength ?? 0,
      }
    },
    waits(at) {
      if (session.destroyed) return tally.waits
      if (at - pingedAt >= PING_MS) {
        pingedAt = at
        ping(1)
      }
      const [wasWritten, wasAt, before] = [written, lookedAt, waiting]
      written = session.socket.bytesWritten
      lookedAt = at
      waiting = waitingNow()
      const milliseconds = at - wasAt
      tally.add(
        waiting.size === 0 ? undefined : closedWindow(milliseconds, written - wasWritten, before),
        milliseconds,
      )
      return tally.waits
    },
  }
}

/** A connection, as far as its windows go. */
export interface Audited {
  readonly isOver: boolean
  readonly windows: AuditedWindows
  /** Of its whole life until now, which is `atMs`. One that can only be looked at knows it as well as it is asked often. */
  waits(atMs: number): Waits
}

/** The windows of a connection at a moment, in bytes: what the target gives, and what we give and is taken of it. */
export interface AuditedWindows {
  readonly theirs: { readonly stream: number; readonly connection: number }
  readonly ours: number
  readonly taken: number
}
