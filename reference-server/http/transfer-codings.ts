import type { FastifyInstance } from 'fastify'
import { refuse } from '../semantics/refusal.ts'
import { Refused } from './errors.ts'
import { badHeader } from './headers.ts'
import { onRequest } from './hooks.ts'

/**
 * Refuses bodies in a transfer coding other than chunked: 501 `not_implemented` (RFC 9112, 6.1). Node has removed only
 * the chunks, so such a body would be read as what it is not. A body that is chunked twice, or not last, is 400.
 */
export function refuseTransferCodings(app: FastifyInstance): void {
  onRequest(app, ({ headers }, reply) => {
    const given = headers['transfer-encoding']
    if (given === undefined) return undefined
    const codings = given.split(',').map((coding) => coding.trim().toLowerCase())
    if (codings.length === 1 && codings[0] === 'chunked') return undefined
    // Where the length of a body is in doubt, no second request is read from its connection.
    reply.header('connection', 'close')
    if (codings.indexOf('chunked') !== codings.length - 1)
      throw badHeader('transfer-encoding', 'must be chunked, once and last')
    throw new Refused(
      refuse('not_implemented', 'chunked is the only transfer coding that this server supports'),
    )
  })
}
