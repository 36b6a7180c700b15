import type { FastifyRequest } from 'fastify'
import { HEADERS } from '../../../proto/http.ts'
import { parseJson } from '../../../proto/json.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { StreamAddress, StreamUse } from '../../backend/backend.ts'
import type { StreamConfig } from '../../semantics/resources/config.ts'
import type { Rules } from '../../semantics/rules.ts'
import { badHeader, isVisible } from '../requests/headers.ts'
import { readStreamConfig } from '../resources/config-json.ts'

/**
 * The stream with the configuration that the header has for it, should it be made by this very request. Refused as
 * `bad_header` if that is none that a stream can have, whether the stream exists or not (RTE-035).
 */
export function streamUse(address: StreamAddress, request: FastifyRequest, rules: Rules): StreamUse {
  const text = request.headers[HEADERS.streamConfig]
  if (text === undefined) return address
  const configIfMade = readConfig(typeof text === 'string' ? text : text.join(', '))
  const invalid = rules.checkStreamConfig(configIfMade, rules.flavor)
  if (invalid !== undefined) {
    throw badHeader(
      HEADERS.streamConfig,
      'message' in invalid ? `is not valid: ${invalid.message}` : 'is not valid',
    )
  }
  return { ...address, configIfMade }
}

function readConfig(text: string): StreamConfig {
  if (!isVisible(text)) throw badHeader(HEADERS.streamConfig, 'is not valid: it must be visible ASCII')
  try {
    return readStreamConfig(parseJson(text), 'the configuration')
  } catch (error) {
    if (error instanceof WireError) throw badHeader(HEADERS.streamConfig, `is not valid: ${error.message}`)
    throw error
  }
}
