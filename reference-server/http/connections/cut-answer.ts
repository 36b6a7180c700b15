import type { FastifyReply } from 'fastify'
import type { Response } from '../requests/discard-body.ts'

/** Closes the connection before any of the answer is sent. */
export function cutBeforeAnswer(reply: FastifyReply): void {
  closeConnection(reply.hijack().raw)
}

/** Sends all of a successful unary answer but its last byte, then cuts. */
export function cutBeforeLastByte(reply: FastifyReply, body: Uint8Array): void {
  const { raw } = reply.hijack()
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  raw.setHeader('content-length', body.length)
  raw.writeHead(reply.statusCode)
  raw.write(body.subarray(0, -1))
  cutOnceSent(raw)
}

/** Closes the connection once everything written so far was handed to the system. */
export function cutOnceSent(raw: Response): void {
  const sent = (): void => closeConnection(raw)
  if ('stream' in raw) raw.write('', sent)
  else raw.write('', sent)
}

/** Over HTTP/2 all streams of the connection end, as when a network fails. */
function closeConnection(raw: Response): void {
  if ('stream' in raw) raw.stream.session?.destroy()
  else raw.destroy()
}
