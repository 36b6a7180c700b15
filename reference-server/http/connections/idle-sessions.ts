import type { Http2Server, ServerHttp2Session } from 'node:http2'
import type { Clock } from '../../environment.ts'
import { IDLE_LIMIT_MS } from './timeouts.ts'

/**
 * Closes connections of HTTP/2 that have had no stream for as long as an idle connection of HTTP/1.1 may have no request. A
 * client gets a GOAWAY first. Frames that open no stream, such as PING, do not keep a connection open.
 */
export function closeIdleSessions(http2: Http2Server, clock: Clock): void {
  http2.on('session', (session) => closeWhenIdle(session, clock))
}

function closeWhenIdle(session: ServerHttp2Session, clock: Clock): void {
  let streams = 0
  // Unlike `close`, this sends the GOAWAY and does not wait for a client that ignores it.
  const arm = (): (() => void) => clock.timer(IDLE_LIMIT_MS, () => session.destroy())
  let cancel = arm()
  session.on('stream', (stream) => {
    if (streams++ === 0) cancel()
    stream.once('close', () => {
      if (--streams === 0 && !session.destroyed) cancel = arm()
    })
  })
  session.once('close', () => cancel())
}
