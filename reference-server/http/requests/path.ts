import type { FastifyRequest } from 'fastify'
import { refuse } from '../../semantics/refusal.ts'
import type { BasinName, Named, StreamName, TokenId } from '../../semantics/resources/names.ts'
import type { Rules } from '../../semantics/rules.ts'
import { Refused } from '../errors.ts'
import { decodePercent } from './percent.ts'

/**
 * The URL as the router may see it: percent signs are masked, so that it neither decodes nor refuses a name (CP-RT-010),
 * and a path with an empty segment becomes one that nobody serves (CP-RT-014).
 */
export function routable(url: string): string {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  if (/\/(?:\/|$)/.test(path)) return '/'
  return path.replaceAll('~', '~0').replaceAll('%', '~1')
}

/** The basin in the path. Refused as `bad_path` (CP-RT-012, CP-RT-013). */
export function basinInPath(request: FastifyRequest, rules: Rules): BasinName {
  return nameOf(rules.parseBasinName(parameter(request, 'basin')))
}

/** The stream in the path. Refused as `bad_path` (RTE-008, RTE-009). */
export function streamInPath(request: FastifyRequest, rules: Rules): StreamName {
  return nameOf(rules.parseStreamName(parameter(request, 'stream')))
}

/** The id of an access token in the path. Refused as `bad_path` (CP-TOK-002). */
export function tokenInPath(request: FastifyRequest, rules: Rules): TokenId {
  return nameOf(rules.parseTokenId(parameter(request, 'id')))
}

/** A path parameter, decoded once. Refused as `bad_path` if it does not decode (RTE-009). */
export function parameter(request: FastifyRequest, name: string): string {
  const parameters: unknown = request.params
  const masked = isRecord(parameters) ? parameters[name] : undefined
  if (typeof masked !== 'string') throw new TypeError(`this route has no parameter ${name}`)
  const decoded = decodePercent(
    masked.includes('~') ? masked.replaceAll('~1', '%').replaceAll('~0', '~') : masked,
  )
  if (decoded === undefined) throw badPath('a name in the path must be percent-encoded UTF-8')
  return decoded
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The name itself. Refused as `bad_path`. */
export function nameOf<Name>(named: Named<Name>): Name {
  if ('misnamed' in named) throw badPath(named.misnamed)
  return named.name
}

const badPath = (message: string): Refused => new Refused(refuse('bad_path', message))
