import type { FastifyRequest } from 'fastify'
import { HEADERS, parseFormat } from '../../../proto/http.ts'
import { MAX_ENCRYPTION_KEY_CHARACTERS } from '../../../proto/limits.ts'
import { type EventId, parseLastEventId } from '../../../proto/sse-events.ts'
import type { Format } from '../../../proto/types.ts'
import { type GivenKey, parseEncryptionKey } from '../../encryption/encryption-key.ts'
import { refuse } from '../../semantics/refusal.ts'
import { type BasinName, checkRequestToken } from '../../semantics/resources/names.ts'
import type { Rules } from '../../semantics/rules.ts'
import { Refused } from '../errors.ts'

/** The basin that `s2-basin` names. Refused as `bad_header` if absent or no name (RTE-003, RTE-004, CP-RT-005). */
export function basinInHeader(request: FastifyRequest, rules: Rules): BasinName {
  const value = header(request, HEADERS.basin)
  if (value === undefined) throw badHeader(HEADERS.basin, 'is missing')
  const named = rules.parseBasinName(value)
  if ('misnamed' in named) throw badHeader(HEADERS.basin, `is not valid: ${named.misnamed}`)
  return named.name
}

/** Refused as `bad_header`: above 36 bytes, or not visible ASCII (CP-BAS-032). */
export function requestToken(request: FastifyRequest): string | undefined {
  const value = header(request, HEADERS.requestToken)
  if (value === undefined) return undefined
  if (!isVisible(value)) throw badHeader(HEADERS.requestToken, 'must be visible ASCII')
  const misnamed = checkRequestToken(value)
  if (misnamed !== undefined) throw badHeader(HEADERS.requestToken, `is not valid: ${misnamed.misnamed}`)
  return value
}

/** Raw unless said otherwise. Refused as `bad_header` (RTE-021 to RTE-023). */
export function format(request: FastifyRequest): Format {
  const parsed = parseFormat(header(request, HEADERS.format))
  if (parsed === undefined) throw badHeader(HEADERS.format, 'must be raw or base64')
  return parsed
}

/**
 * Hands over the key of the request, and wipes it once its use is over. Refused as `bad_header`, whether the stream needs
 * one or not: an empty value, or one that is too long for a key (ENC-005).
 */
export async function withEncryptionKey<Answer>(
  request: FastifyRequest,
  use: (key: GivenKey) => Promise<Answer>,
): Promise<Answer> {
  const key = encryptionKey(request)
  try {
    return await use(key)
  } finally {
    if (typeof key === 'object') key.wipe()
  }
}

function encryptionKey(request: FastifyRequest): GivenKey {
  const text = header(request, HEADERS.encryptionKey)?.trim()
  if (text === undefined) return 'none'
  if (text.length >= 1 && text.length <= MAX_ENCRYPTION_KEY_CHARACTERS) return parseEncryptionKey(text)
  throw badHeader(HEADERS.encryptionKey, `must have 1 to ${MAX_ENCRYPTION_KEY_CHARACTERS} characters`)
}

/** Refused as `bad_header` (SSE-011). */
export function lastEventId(request: FastifyRequest): EventId | undefined {
  const value = header(request, HEADERS.lastEventId)
  if (value === undefined) return undefined
  const id = parseLastEventId(value)
  if (id === undefined) throw badHeader(HEADERS.lastEventId, 'must be three numbers: seq_num,count,bytes')
  return id
}

/** Nothing but visible ASCII, spaces and tabs. */
export const isVisible = (value: string): boolean => /^[\t -~]*$/.test(value)

export function badHeader(name: string, what: string): Refused {
  return new Refused(refuse('bad_header', `the header ${name} ${what}`))
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}
