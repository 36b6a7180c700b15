import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { badHeader } from './headers.ts'
import { onRequest } from './on-request.ts'

/**
 * Path and query of a request. A client of HTTP/1.1 may send the whole URL, as to a proxy: then its host is the one that
 * was meant, whatever the header says (RFC 9112, 3.2.2).
 */
export function originForm({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): string {
  if (url.startsWith('/')) return url
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(url) ?? []
  if (authority === undefined) return url
  headers.host = authority
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Headers that say whom a request is for, and who sends it: of two that differ, nobody can tell which was meant. */
const ONCE = ['host', 'authorization'] as const

/** Refuses as `bad_header` what is there twice; Node takes the first and says nothing (RFC 9112, 3.2). */
export function refuseRepeatedHeaders(app: FastifyInstance): void {
  onRequest(app, ({ raw: { rawHeaders } }) => {
    const twice = ONCE.find((name) => count(rawHeaders, name) > 1)
    if (twice !== undefined) throw badHeader(twice, 'must not be given twice')
    return undefined
  })
}

/** Names and values by turns. */
function count(rawHeaders: readonly string[], name: string): number {
  let found = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const each = rawHeaders[at]
    if (each?.length === name.length && each.toLowerCase() === name) found += 1
  }
  return found
}
