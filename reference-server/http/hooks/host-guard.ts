import type { FastifyInstance } from 'fastify'
import { badHeader } from '../requests/headers.ts'
import { onRequest } from '../requests/on-request.ts'
import { authorityOf, labelBelow } from './basin-host.ts'

/**
 * On a loopback address, refuses requests that were made for another host, as `bad_header`: a web page can point its own
 * name at this machine, but cannot change the host that the browser says it asked for. Names below the basin domain are
 * the server's own.
 */
export function guardHost(app: FastifyInstance, basinDomain: string | undefined): void {
  onRequest(app, ({ headers }) => {
    const authority = authorityOf(headers)
    if (authority === undefined || isLoopbackAuthority(authority)) return undefined
    if (basinDomain !== undefined && labelBelow(authority, basinDomain) !== undefined) return undefined
    throw badHeader('host', 'must be a loopback name or address, as the server listens on one')
  })
}

/** `localhost` and names below it, 127.0.0.0/8 and `[::1]`, each with or without a port. */
export function isLoopbackAuthority(authority: string): boolean {
  const host = authority.toLowerCase().replace(/:\d*$/, '')
  return host === '[::1]' || isLoopbackHost(host)
}

/** The same without a port or brackets. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host)
}
