import type { FastifyInstance } from 'fastify'
import type { Backend } from '../../backend/backend.ts'
import type { Services } from '../services.ts'

/**
 * `GET /health` and its older name: ready, or unable to acknowledge anything until a restart (CP-LITE-020, CP-LITE-021).
 * While the server drains it is not ready either, so that who balances load sends nothing more.
 */
export function health(app: FastifyInstance, { backend }: Services): void {
  for (const path of ['/health', '/ping']) {
    app.get(path, async (_request, reply) => {
      const trouble = troubleOf(backend)
      return reply
        .code(trouble === undefined ? 200 : 503)
        .type('text/plain')
        .send(trouble ?? 'OK')
    })
  }
}

function troubleOf({ drain, healthy }: Backend): string | undefined {
  if (!healthy()) return 'the store has failed'
  return drain.phase === 'serving' ? undefined : 'the server is shutting down'
}

/** `GET /metrics`, in Prometheus' text format (CP-LITE-022). */
export function prometheus(app: FastifyInstance, { instruments }: Services): void {
  app.get('/metrics', async (_request, reply) => {
    const page = await instruments.page()
    return reply.header('content-type', 'text/plain; version=0.0.4').send(Buffer.from(page))
  })
}
