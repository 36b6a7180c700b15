import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Clock } from '../../environment.ts'

export type Request = IncomingMessage | Http2ServerRequest
export type Response = ServerResponse | Http2ServerResponse

/**
 * Reads, and forgets, what a client still sends when its answer is complete (S2S-029), so that it can read that answer.
 * One that goes on for long loses the HTTP/1.1 connection, or the HTTP/2 stream.
 */
export function dropLeftover(request: Request, response: Response, clock: Clock): void {
  // The response of HTTP/2 tells that it has finished only when its stream is closed.
  const sent = 'stream' in response ? response.stream : response
  sent.on('finish', () => {
    if (request.complete) return
    request.resume()
    const cancel = clock.timer(LEFTOVER_LIMIT_MS, () => cut(request))
    // A request of HTTP/1.1 whose answer is complete does not learn that its connection is closed.
    const connection = 'stream' in request ? request.stream : request.socket
    const forget = () => {
      cancel()
      request.off('close', forget).off('end', forget)
      connection.off('close', forget)
    }
    request.once('close', forget).once('end', forget)
    connection.once('close', forget)
  })
}

const LEFTOVER_LIMIT_MS = 10_000

function cut(request: Request): void {
  if ('stream' in request) request.stream.close()
  else request.destroy()
}
