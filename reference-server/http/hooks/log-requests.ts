import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { HEADERS } from '../../../proto/http.ts'
import { redact } from '../../redact.ts'
import { onRequest } from '../requests/on-request.ts'
import type { Services } from '../services.ts'

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

/** Returns the path without what the client also sent as a secret in its headers. */
export const withoutSecrets = (path: string, headers: IncomingHttpHeaders): string =>
  secretsIn(headers).reduce(redact, path)

function secretsIn(headers: IncomingHttpHeaders): readonly string[] {
  const token = headers.authorization?.replace(/^\S*\s+/, '')
  return [token, headers[HEADERS.encryptionKey]].flat().flatMap((secret) => secret || [])
}
