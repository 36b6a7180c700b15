import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mediaKind } from '../../../proto/http.ts'
import { createThrottle } from '../flow-control/throttle.ts'
import { operation } from '../hooks/operation.ts'
import { withEncryptionKey } from '../requests/headers.ts'
import type { Services } from '../services.ts'
import { appendS2s } from './append-s2s.ts'
import { appendUnary } from './append-unary.ts'
import { parseRead } from './read-query.ts'
import { readS2s } from './read-s2s.ts'
import { readSse } from './read-sse.ts'
import { readUnary } from './read-unary.ts'

/** `/streams/{stream}/records`: append and read; the request's media types choose how (RTE-015 to RTE-019). */
export function records(app: FastifyInstance, services: Services): void {
  const throttle = createThrottle(services.rules.flavor.limits, services.clock)

  app.post('/streams/:stream/records', operation('append'), async (request, reply) => {
    const append = mediaKind(request.headers['content-type']) === 's2s' ? appendS2s : appendUnary
    return append(request, reply, services, throttle)
  })

  app.get('/streams/:stream/records', operation('read'), async (request, reply) => {
    const asked = parseRead(request, services.rules)
    // A body says nothing here, and one that is left unread would hide that its client has left.
    request.raw.resume()
    return withEncryptionKey(request, (key) => readOn(request)(request, reply, { ...asked, key }, services))
  })
}

/** S2S wins over SSE (RTE-019). */
function readOn({ headers }: FastifyRequest): typeof readUnary {
  if (mediaKind(headers['content-type']) === 's2s') return readS2s
  return mediaKind(headers.accept) === 'event-stream' ? readSse : readUnary
}
