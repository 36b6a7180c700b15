import type { FastifyInstance } from 'fastify'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import type { Request } from './discard-body.ts'
import { badHeader } from './headers.ts'
import { onRequest } from './on-request.ts'

/**
 * Refuses as `bad_header` what Node's parsers accept against the RFCs: a request line with a version other than HTTP/1.0 and
 * HTTP/1.1, and over HTTP/2 a value that begins or ends with white space (RFC 9113, 8.2.1). Fields of HTTP/2 with CR, LF, NUL
 * or another control character never get here: nghttp2 removes them before Node sees the request.
 */
export function refuseMalformedHeads(app: FastifyInstance): void {
  onRequest(app, ({ raw }, reply) => {
    const request: Request = raw
    if ('stream' in request) {
      const name = paddedField(request.rawHeaders)
      if (name !== undefined) throw badHeader(name, 'must not begin or end with white space')
    } else if (request.httpVersion !== '1.1' && request.httpVersion !== '1.0') {
      reply.header('connection', 'close')
      throw new Refused(refuse('bad_header', 'the version in the request line must be HTTP/1.1'))
    }
    return undefined
  })
}

/** Returns the name of the first field whose value has white space at an end. Names and values alternate. */
function paddedField(rawHeaders: readonly string[]): string | undefined {
  for (let at = 1; at < rawHeaders.length; at += 2) {
    const value = rawHeaders[at] ?? ''
    if (isBlank(value.charCodeAt(0)) || isBlank(value.charCodeAt(value.length - 1))) return rawHeaders[at - 1]
  }
  return undefined
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09
