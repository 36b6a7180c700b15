import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { HEADERS } from '../../proto/http.ts'
import { onRequest } from './hooks.ts'
import type { Services } from './services.ts'

/** One line for each request, once it is over; a status of 0 stands for no answer. */
export function logRequests(app: FastifyInstance, { log, stopwatch }: Services): void {
  if (!log.tellsRequests) return
  onRequest(app, (request, reply) => {
    const { raw } = reply
    const begun = stopwatch()
    raw.once('close', () => {
      log.debug(
        {
          method: request.method,
          path: withoutSecrets(request.originalUrl.replace(/\?.*/s, ''), request.headers),
          status: raw.headersSent ? raw.statusCode : 0,
          ms: Math.round(stopwatch() - begun),
          http: request.raw.httpVersion,
          peer: request.ip,
        },
        'request',
      )
    })
    return undefined
  })
}

/** Where a client has put what it has in its headers into its path as well. */
export function withoutSecrets(path: string, headers: IncomingHttpHeaders): string {
  return secretsIn(headers).reduce((rest, secret) => rest.replace(spellings(secret), '[redacted]'), path)
}

/** In a path any character may be percent-encoded. */
function spellings(secret: string): RegExp {
  const characters = Array.from(Buffer.from(secret), (byte) => {
    const hex = byte.toString(16).padStart(2, '0')
    return `(?:%${hex}|\\x${hex})`
  })
  return new RegExp(characters.join(''), 'gi')
}

function secretsIn(headers: IncomingHttpHeaders): readonly string[] {
  const token = headers.authorization?.replace(/^\S*\s+/, '')
  return [token, headers[HEADERS.encryptionKey]].flat().flatMap((secret) => secret || [])
}
