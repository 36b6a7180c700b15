import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mediaKind } from '../../../proto/http.ts'
import type { ArrivedRequest } from '../../inspection/request-log.ts'
import { onRequest } from '../requests/on-request.ts'
import { namesIn } from '../requests/request-names.ts'
import type { Services } from '../services.ts'
import { isSessionRequest } from './inject-faults.ts'
import { withoutSecrets } from './log-requests.ts'

/** Reports every request to the request log, if there is one. */
export function observeRequests(app: FastifyInstance, { requests }: Services): void {
  if (requests === undefined) return
  onRequest(app, (request, { raw }) => {
    const { basin, stream } = namesIn(request)
    const redacted = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : withoutSecrets(name, request.headers)
    const over = requests.arrived({
      method: request.method,
      path: withoutSecrets(request.originalUrl.replace(/\?.*/s, ''), request.headers),
      operation: request.routeOptions.config.operations?.[0],
      basin: redacted(basin),
      stream: redacted(stream),
      session: sessionOf(request),
      statusNow: () => (raw.headersSent ? raw.statusCode : undefined),
    })
    raw.once('close', over)
    return undefined
  })
}

function sessionOf(request: FastifyRequest): ArrivedRequest['session'] {
  if (!isSessionRequest(request)) return undefined
  const isS2s = mediaKind(request.headers['content-type']) === 's2s'
  return { kind: request.method === 'POST' ? 'append' : 'read', transport: isS2s ? 's2s' : 'sse' }
}
