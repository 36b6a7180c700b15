import type { FastifyReply } from 'fastify'
import type { Leaving } from './session-end.ts'

/** Made once: an abort without a reason makes an error with a stack trace, and every request ends with one. */
const LEFT = new Error('the client has left, or has its answer')

/** Aborts when the client has left, or the answer is complete. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort(LEFT))
  if (reply.raw.destroyed) controller.abort(LEFT)
  return controller.signal
}

/** The same for who hardly ever waits: a signal that nobody asks costs each request as much as its batch. */
export const clientLeaving = ({ raw }: FastifyReply): Leaving => ({
  has: () => raw.destroyed,
  subscribe(leaves) {
    raw.once('close', leaves)
    return () => raw.off('close', leaves)
  },
})
