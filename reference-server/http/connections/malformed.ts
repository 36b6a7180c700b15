import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type Refusal, refuse } from '../../semantics/refusal.ts'
import type { Services } from '../services.ts'
import type { Wire } from '../wire.ts'
import { MAX_HEAD_BYTES } from './head-limit.ts'
import { securityOf } from './sniff.ts'

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
    refuseConnection(socket, wire, refusalOf(error))
  })
}

/** The bytes that Node's parser could not read come with its error. */
function refusalOf({
  code,
  rawPacket,
}: NodeJS.ErrnoException & { readonly rawPacket?: Uint8Array }): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return refuse('request_timeout', 'the head of the request took too long')
  }
  const limit = LIMITS.get(code ?? '')
  if (limit !== undefined) return refuse('bad_header', limit)
  const greeted = rawPacket !== undefined && securityOf(rawPacket) === 'tls'
  return refuse(
    'bad_header',
    greeted ? 'this port does not speak TLS: use http' : 'this is no HTTP/1.1 request',
  )
}

/** Of Node's parser, by the codes of its errors. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ['HPE_HEADER_OVERFLOW', `the head of the request, or its trailers, exceed ${MAX_HEAD_BYTES} bytes`],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 'the extensions of the chunks of the body exceed 16384 bytes'],
])

/** Answers what is no request in HTTP/1.1, and closes the connection. */
export function refuseConnection(socket: Socket, wire: Wire, refusal: Refusal): void {
  const { status, json } = wire.renderRefusal(refusal)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(json)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${json}`)
  socket.destroySoon()
}
