import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { HEADERS } from '../../../proto/http.ts'
import { badHeader } from '../requests/headers.ts'
import { onRequest } from '../requests/on-request.ts'

/**
 * Lets the host name choose the basin, as on the hosted service (CP-RT-003, RTE-002): from here on `s2-basin` says what
 * the host said. Some clients send both; where they disagree nobody can tell what was meant, and the request is refused
 * as `bad_header`. Account routes look at neither (CP-RT-007).
 */
export function takeBasinFromHost(app: FastifyInstance, domain: string): void {
  onRequest(app, ({ raw, routeOptions }) => {
    if (!/^\/v1\/streams(?:\/|$)/.test(routeOptions.url ?? '')) return undefined
    const basin = labelBelow(authorityOf(raw.headers) ?? '', domain)
    if (basin === undefined) return undefined
    const named = raw.headers[HEADERS.basin]
    if (named !== undefined && named !== basin) {
      throw badHeader(HEADERS.basin, 'names another basin than the host')
    }
    raw.headers[HEADERS.basin] = basin
    return undefined
  })
}

/** What the client asked for, with a port or not. */
export function authorityOf(headers: IncomingHttpHeaders): string | undefined {
  const authority = headers[':authority'] ?? headers.host
  return typeof authority === 'string' ? authority : undefined
}

/** What stands before the domain in an authority, in lower case; undefined if that is not below the domain. */
export function labelBelow(authority: string, domain: string): string | undefined {
  const host = authority.toLowerCase().replace(/:\d*$/, '')
  return host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : undefined
}

/** Labels of lower-case letters, digits and inner hyphens, with dots between them. */
export function isDomain(text: string): boolean {
  return (
    text.length <= 200 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text)
  )
}
