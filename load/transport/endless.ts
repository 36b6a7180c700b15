import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  ClientSessionRequestOptions,
  OutgoingHttpHeaders,
} from 'node:http2'
import { countAnswer } from '../../client/wire/idle-bytes.ts'
import { nounFor } from '../../kit/text/how-many.ts'
import { asCut, TransportError } from './transport-error.ts'

/** One more session would wait until another ends, which none does before the load: RFC 9113, 5.1.2. */
export const streamLimit = (most: number): TransportError =>
  new TransportError(
    'stream-limit',
    `a connection has ${most} ${nounFor(most, 'streams')} at a time: give more --connections`,
  )

/** A stream of a session that may have ended meanwhile: then it throws a `TransportError`, and not what Node has for it. */
export function requestOn(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  options?: ClientSessionRequestOptions,
): ClientHttp2Stream {
  try {
    return countAnswer(session, session.request(headers, options))
  } catch (error) {
    throw asCut(error)
  }
}

const openOn = new WeakMap<ClientHttp2Session, Set<ClientHttp2Stream>>()

/**
 * A stream that goes on until somebody ends it. Throws a `TransportError`, 'stream-limit' where the connection may have no more
 * of them, or the target takes no more: node:http2 lets it wait without a word.
 */
export function requestEndless(
  session: ClientHttp2Session,
  mostStreams: number,
  headers: OutgoingHttpHeaders,
  options?: ClientSessionRequestOptions,
): ClientHttp2Stream {
  const open = openOn.get(session) ?? new Set()
  openOn.set(session, open)
  const most = Math.min(mostStreams, session.remoteSettings.maxConcurrentStreams ?? Number.POSITIVE_INFINITY)
  // One that was given up makes room at once, and is told to be closed a bit later.
  if (open.size >= most && [...open].filter(({ closed }) => !closed).length >= most) throw streamLimit(most)
  const stream = requestOn(session, headers, options)
  open.add(stream)
  stream.once('close', () => open.delete(stream))
  return stream
}
