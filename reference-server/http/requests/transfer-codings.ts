import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import { badHeader } from './headers.ts'
import { onRequest } from './on-request.ts'

/**
 * Refuses bodies in a transfer coding other than chunked: 501 `not_implemented` (RFC 9112, 6.1). Node has removed only
 * the chunks, so such a body would be read as what it is not. A body that is chunked twice, or not last, is 400.
 */
export function refuseTransferCodings(app: FastifyInstance): void {
  const refusals = new WeakMap<Socket, Refused>()
  onRequest(app, ({ headers, raw }, reply) => {
    // Node has parsed later requests of the connection by then: they must have no effect.
    const earlier = refusals.get(raw.socket)
    if (earlier !== undefined) throw earlier
    const refusal = refusalOf(headers['transfer-encoding'])
    if (refusal === undefined) return undefined
    // Where the length of a body is in doubt, no second request is read from its connection.
    reply.header('connection', 'close')
    refusals.set(raw.socket, refusal)
    throw refusal
  })
}

function refusalOf(given: string | undefined): Refused | undefined {
  const codings = given?.split(',').map((coding) => coding.trim().toLowerCase()) ?? []
  if (codings.length === 0 || (codings.length === 1 && codings[0] === 'chunked')) return undefined
  return codings.indexOf('chunked') === codings.length - 1
    ? new Refused(refuse('not_implemented', 'chunked is the only transfer coding that this server supports'))
    : badHeader('transfer-encoding', 'must be chunked, once and last')
}
