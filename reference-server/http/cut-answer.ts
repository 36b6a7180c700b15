import { constants } from 'node:http2'
import type { FastifyReply } from 'fastify'
import type { Response } from './leftover.ts'
import { cut } from './unsent.ts'

/** Cuts the connection, or over HTTP/2 the stream, before any of the answer is sent. */
export function cutBeforeAnswer(reply: FastifyReply): void {
  cut(reply.hijack().raw, constants.NGHTTP2_INTERNAL_ERROR)
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

/** Cuts once everything written so far was handed to the system. */
export function cutOnceSent(raw: Response): void {
  const sent = (): void => cut(raw, constants.NGHTTP2_INTERNAL_ERROR)
  if ('stream' in raw) raw.write('', sent)
  else raw.write('', sent)
}
