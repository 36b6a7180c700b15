import type { FastifyInstance } from 'fastify'
import type { Operation } from '../../semantics/access/operation.ts'
import { COUNTED_FOR_ACCOUNT, COUNTED_FOR_BASIN } from '../../semantics/metrics/usage.ts'
import { basinInHeader } from '../requests/headers.ts'
import { onSend } from '../requests/on-request.ts'
import type { Services } from '../services.ts'

/**
 * Tells the metrics of every operation on the account or a basin before its answer is sent, so that whoever has the answer
 * finds it counted. A refused request is none. Appends and reads are counted where they are answered.
 */
export function countOperations(v1: FastifyInstance, { backend, rules }: Services): void {
  onSend(v1, (request, reply) => {
    if (reply.statusCode >= 400) return
    const [asked] = request.routeOptions.config.operations ?? []
    const ofAccount = COUNTED_FOR_ACCOUNT.find(is(asked))
    if (ofAccount !== undefined) backend.served.operation(ofAccount)
    const ofBasin = COUNTED_FOR_BASIN.find(is(asked))
    if (ofBasin !== undefined) backend.served.basinOperation(ofBasin, basinInHeader(request, rules))
  })
}

const is =
  (asked: Operation | undefined) =>
  (operation: Operation): boolean =>
    operation === asked
