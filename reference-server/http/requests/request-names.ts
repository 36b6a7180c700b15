import type { FastifyRequest } from 'fastify'
import { HEADERS } from '../../../proto/http.ts'
import { parameter } from './path.ts'

/** Names that a request's path and headers carry, as the client sent them, valid or not. */
export interface RequestNames {
  readonly basin: string | undefined
  readonly stream: string | undefined
}

export function namesIn(request: FastifyRequest): RequestNames {
  const header = request.headers[HEADERS.basin]
  const stream = parameterOf(request, 'stream')
  const basin = parameterOf(request, 'basin') ?? (typeof header === 'string' ? header : undefined)
  return { basin, stream }
}

/** Undefined where the route has no such parameter, or the name does not decode. */
function parameterOf(request: FastifyRequest, name: string): string | undefined {
  if (!(request.routeOptions.url ?? '').includes(`:${name}`)) return undefined
  try {
    return parameter(request, name)
  } catch {
    return undefined
  }
}
