import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  ClientSessionRequestOptions,
  OutgoingHttpHeaders,
} from 'node:http2'

import { nounFor } from '../../reports/how-many.ts'

/** One more session would wait until another ends, which none does before the load: RFC 9113, 5.1.2. */
export class StreamLimitError extends Error {
  constructor(most: number) {
    super(`a connection has ${most} ${nounFor(most, 'streams')} at a time: give more --connections`)
    this.name = 'StreamLimitError'
  }
}

const openOn = new WeakMap<ClientHttp2Session, Set<ClientHttp2Stream>>()

/**
 * A stream that goes on until somebody ends it. Throws a `StreamLimitError` where the connection may have no more of them, or
 * the target takes no more: node:http2 lets it wait without a word.
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
  if (open.size >= most && [...open].filter(({ closed }) => !closed).length >= most)
    throw new StreamLimitError(most)
  const stream = session.request(headers, options)
  open.add(stream)
  stream.once('close', () => open.delete(stream))
  return stream
}
