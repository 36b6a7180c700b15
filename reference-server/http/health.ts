import type { FastifyInstance } from 'fastify'
import type { Services } from './services.ts'

/** `GET /health` and its older name: ready, or unable to acknowledge anything until a restart (CP-LITE-020, CP-LITE-021). */
export function health(app: FastifyInstance, { backend }: Services): void {
  for (const path of ['/health', '/ping']) {
    app.get(path, async (_request, reply) => {
      const healthy = backend.healthy()
      return reply
        .code(healthy ? 200 : 503)
        .type('text/plain')
        .send(healthy ? 'OK' : 'the store has failed')
    })
  }
}

/** `GET /metrics`, in Prometheus' text format (CP-LITE-022). */
export function prometheus(app: FastifyInstance, { instruments }: Services): void {
  app.get('/metrics', async (_request, reply) => {
    const page = await instruments.page()
    return reply.header('content-type', 'text/plain; version=0.0.4').send(Buffer.from(page))
  })
}
