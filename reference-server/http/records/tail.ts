import type { FastifyInstance } from 'fastify'
import { sendJsonText } from '../bodies/answer.ts'
import { accepted } from '../errors.ts'
import { operation } from '../hooks/operation.ts'
import { addressOf } from '../resources/streams.ts'
import type { Services } from '../services.ts'

/** `GET /streams/{stream}/records/tail`: JSON, whatever is accepted (TAIL-001, TAIL-010). */
export function tail(app: FastifyInstance, { backend, rules, wire }: Services): void {
  app.get('/streams/:stream/records/tail', operation('check-tail'), async (request, reply) => {
    const address = addressOf(request, rules)
    const checked = accepted(await backend.checkTail(address))
    return sendJsonText(reply, wire.tailToJson(checked.tail))
  })
}
