import type { FastifyReply } from 'fastify'

/** Made once: an abort without a reason makes an error with a stack trace, and every request ends with one. */
const LEFT = new Error('the client has left, or has its answer')

/** Aborts when the client has left, or the answer is complete. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort(LEFT))
  if (reply.raw.destroyed) controller.abort(LEFT)
  return controller.signal
}
