import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { refuse } from '../semantics/refusal.ts'
import type { Services } from './services.ts'

/** What Node calls for bytes that are no HTTP/1.1: 400 and a closed connection, if no answer has begun on it. */
export function answerMalformed(http1: Server, { wire }: Services): void {
  const answers = new WeakMap<Socket, ServerResponse>()
  http1.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answers.set(request.socket, response)
  })
  http1.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = answers.get(socket)
    const begun = answer?.headersSent === true && !answer.writableFinished
    if (begun || !socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const timedOut = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    const { status, json } = wire.renderRefusal(
      timedOut
        ? refuse('request_timeout', 'the head of the request took too long')
        : refuse('bad_header', 'this is no HTTP/1.1 request'),
    )
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(json)}`,
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${json}`)
    socket.destroySoon()
  })
}
