import type { FastifyReply } from 'fastify'
import type { SessionEnd } from './session-end.ts'

/** Made once: an abort without a reason makes an error with a stack trace, and every request ends with one. */
const LEFT = new Error('the client has left, or has its answer')

/** Aborts when the client has left, or the answer is complete. */
export function clientDisconnected(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort(LEFT))
  if (reply.raw.destroyed) controller.abort(LEFT)
  return controller.signal
}

/** The same for who hardly ever waits: a signal that nobody asks costs each request as much as its batch. */
export const endOfSession = ({ raw }: FastifyReply): SessionEnd => ({
  has: () => raw.destroyed,
  subscribe(leaves) {
    raw.once('close', leaves)
    return () => raw.off('close', leaves)
  },
})
