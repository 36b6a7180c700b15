import type { FastifyInstance } from 'fastify'
import { operationOf } from './operations.ts'
import type { Services } from './services.ts'

/** Counts every request once it is over, however it ended; 0 stands for the status of one that got no answer. */
export function countRequests(app: FastifyInstance, { instruments }: Services): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = reply
    raw.once('close', () => {
      const operation = operationOf(request) ?? 'none'
      instruments.requests.inc({ operation, status: raw.headersSent ? `${raw.statusCode}` : '0' })
    })
  })
}
