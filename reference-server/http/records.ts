import type { FastifyInstance } from 'fastify'
import { appendUnary } from './append-unary.ts'
import { parseRead } from './read-query.ts'
import { readUnary } from './read-unary.ts'
import type { Services } from './services.ts'

/** `/streams/{stream}/records`: append and read; the request's media types choose how (RTE-015 to RTE-019). */
export function records(app: FastifyInstance, services: Services): void {
  app.post('/streams/:stream/records', async (request, reply) => {
    return appendUnary(request, reply, services)
  })

  app.get('/streams/:stream/records', async (request, reply) => {
    const read = parseRead(request, services.rules)
    return readUnary(request, reply, read, services)
  })
}
