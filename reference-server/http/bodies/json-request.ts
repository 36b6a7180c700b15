import type { FastifyRequest } from 'fastify'
import { mediaKind } from '../../../proto/http.ts'
import { type JsonValue, parseJsonBytes } from '../../../proto/json.ts'
import { refuse } from '../../semantics/refusal.ts'
import { Refused } from '../errors.ts'
import type { Services } from '../services.ts'
import { readBody } from './body.ts'

/** The JSON body. Refused as `bad_json` if it is none, or not declared as JSON (CP-RT-031, CP-RT-032, CP-RT-035). */
export async function requiredJson(request: FastifyRequest, services: Services): Promise<JsonValue> {
  return parseJsonBytes(await readJsonBytes(request, services))
}

/**
 * As `requiredJson`, but without a content type there is no body, and an empty one is none either (CP-RT-033); on some
 * servers one that is `null` is none, too (CP-RT-034).
 */
export async function optionalJson(
  request: FastifyRequest,
  services: Services,
): Promise<JsonValue | undefined> {
  if (request.headers['content-type'] === undefined) return undefined
  const bytes = await readJsonBytes(request, services)
  if (bytes.length === 0) return undefined
  const value = parseJsonBytes(bytes)
  return value === null && services.rules.flavor.nullBody === 'absent' ? undefined : value
}

export function readJsonBytes(request: FastifyRequest, services: Services): Promise<Uint8Array> {
  if (mediaKind(request.headers['content-type']) === 'json') return readBody(request, services, 'bad_json')
  throw new Refused(refuse('bad_json', 'a JSON body needs the content type application/json'))
}
