import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Has a look at every request before anything is done with it. To throw refuses it, to return the reply says that it is
 * answered. Fastify makes several promises for an async hook and none for this, on each request.
 */
export function onRequest(
  app: FastifyInstance,
  look: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined,
): void {
  app.addHook('onRequest', (request, reply, done) => {
    let answer: FastifyReply | undefined
    try {
      answer = look(request, reply)
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)))
      return
    }
    if (answer === undefined) done()
  })
}

/** Sees every answer with its body before it is sent, as `onRequest` sees the requests. */
export function onSend(
  app: FastifyInstance,
  look: (request: FastifyRequest, reply: FastifyReply, payload: unknown) => void,
): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    look(request, reply, payload)
    done(null, payload)
  })
}
