import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Operation } from '../../semantics/access/operation.ts'
import { onRequest } from '../requests/on-request.ts'
import type { Services } from '../services.ts'
import { Caller } from './caller.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller must be permitted for this route, all of it. */
    operations?: readonly Operation[]
  }
  interface FastifyRequest {
    /** Who asks, in the routes below `authorize`. */
    caller: Caller | undefined
  }
}

/** Options of a route: which operation it is, or several for one that may do several things. */
export const operation = (
  ...operations: readonly [Operation, ...Operation[]]
): { readonly config: { readonly operations: readonly Operation[] } } => ({ config: { operations } })

/**
 * Nothing is looked at before it is known who asks and that the operation is permitted somewhere; the route goes on to ask
 * its caller for the resources. A route that does not say which operation it is keeps the server from starting.
 */
export function authorize(app: FastifyInstance, { access, rules }: Services): void {
  app.decorateRequest('caller', undefined)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.operations === undefined) throw new TypeError(`${method} ${url} does not say its operation`)
  })
  onRequest(app, (request) => {
    const { operations = [] } = request.routeOptions.config
    const caller = new Caller(access.identify(request.headers.authorization), operations, rules)
    caller.check({})
    request.caller = caller
    return undefined
  })
}

/** Who asks. Only requests of routes below `authorize` have a caller. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === undefined) throw new TypeError('nobody has looked who asks for this')
  return caller
}
