import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Handles the requests of a connection of HTTP/1.1 one after the other: the next when the answer before it is complete, and
 * none once the client has left. Node hands on all that a packet holds, which may be thousands, and would keep the answers
 * to all of them; a client of which too many wait loses its connection. The streams of HTTP/2 are handled as they come.
 */
export function oneAtATime(handle: RequestListener): RequestListener {
  const lines = new WeakMap<Socket, Line>()
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.httpVersionMajor !== 1) return handle(request, response)
    const { socket } = request
    const line = lines.get(socket)
    if (line === undefined) lines.set(socket, { last: response, waiting: 0 })
    if (line === undefined || line.last.writableFinished) {
      if (line !== undefined) line.last = response
      return handle(request, response)
    }
    if (line.waiting === MOST_WAITING) socket.destroy()
    if (socket.destroyed) return
    line.last.once('close', () => {
      line.waiting--
      if (!socket.destroyed) handle(request, response)
    })
    line.last = response
    line.waiting++
  }
}

interface Line {
  /** The answer to the newest request. */
  last: ServerResponse
  waiting: number
}

/** Each takes ten kilobytes, and no client is known to send more than a few ahead. */
const MOST_WAITING = 256
