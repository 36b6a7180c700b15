import type { FastifyInstance } from 'fastify'
import { onRequest } from '../requests/on-request.ts'
import { isLoopbackAuthority } from './host-guard.ts'

/** The web pages that a browser lets in: none, those of this machine, or all, as s2-lite does (CP-RT-050). */
export type Cors = 'none' | 'loopback' | 'any'

export const CORS: readonly Cors[] = ['none', 'loopback', 'any']

/** Answers preflights on any path, and lets allowed pages read what is answered. */
export function allowOrigins(app: FastifyInstance, cors: Exclude<Cors, 'none'>): void {
  onRequest(app, ({ method, headers }, reply) => {
    const { origin } = headers
    if (origin === undefined || (cors === 'loopback' && !isLoopbackOrigin(origin))) return undefined
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-allow-credentials', 'true')
    reply.header('vary', 'origin, access-control-request-method, access-control-request-headers')
    const asked = headers['access-control-request-method']
    if (method !== 'OPTIONS' || asked === undefined) return undefined
    reply.header('access-control-allow-methods', asked)
    reply.header('access-control-allow-headers', headers['access-control-request-headers'] ?? '')
    return reply.header('content-length', '0').send()
  })
}

/** Scheme, host and port of a page of this machine. */
export function isLoopbackOrigin(origin: string): boolean {
  const authority = /^https?:\/\/([^/]*)$/.exec(origin)?.[1]
  return authority !== undefined && isLoopbackAuthority(authority)
}
