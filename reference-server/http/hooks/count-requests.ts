import type { FastifyInstance } from 'fastify'
import { onRequest } from '../requests/on-request.ts'
import type { Services } from '../services.ts'

/**
 * Counts every request once it is over, however it ended, under the first operation of its route; 0 stands for the status of
 * one that got no answer. (`close` comes once, and `on` makes nothing for each request that `once` would.)
 */
export function countRequests(app: FastifyInstance, { instruments }: Services): void {
  onRequest(app, (request, reply) => {
    const { raw } = reply
    const [operation = 'none'] = request.routeOptions.config.operations ?? []
    raw.on('close', () => {
      instruments.requests.inc({ operation, status: raw.headersSent ? `${raw.statusCode}` : '0' })
    })
    return undefined
  })
}
