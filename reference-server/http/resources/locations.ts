import type { FastifyInstance } from 'fastify'
import type { JsonValue } from '../../../proto/json.ts'
import { readText } from '../../../proto/json-shape.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { Location } from '../../semantics/resources/locations.ts'
import { checkLocationName } from '../../semantics/resources/names.ts'
import { sendJson } from '../bodies/answer.ts'
import { requiredJson } from '../bodies/json-request.ts'
import { accepted } from '../errors.ts'
import { operation } from '../hooks/operation.ts'
import type { Services } from '../services.ts'

/** `/locations`: list, get and set the default (CP-LOC-002, CP-LOC-003, CP-LOC-005). */
export function locations(app: FastifyInstance, services: Services): void {
  const { backend } = services

  app.get('/locations', operation('list-locations'), async (_request, reply) =>
    sendJson(reply, backend.listLocations().map(locationToJson)),
  )

  app.get('/locations/default', operation('get-default-location'), async (_request, reply) =>
    sendJson(reply, locationToJson(backend.defaultLocation())),
  )

  app.put('/locations/default', operation('set-default-location'), async (request, reply) => {
    const name = readLocation(await requiredJson(request, services), 'the body')
    return sendJson(reply, locationToJson(accepted(await backend.setDefaultLocation(name))))
  })
}

/** A location's name as a JSON string (CP-LOC-004, CP-LOC-005). */
export function readLocation(value: JsonValue, what: string): string {
  const name = readText(value, what)
  const misnamed = checkLocationName(name)
  if (misnamed !== undefined) throw new WireError('bad_json', `${what} is not valid: ${misnamed.misnamed}`)
  return name
}

/** CP-LOC-002. */
const locationToJson = ({ name, isPrivate }: Location): object => ({ name, is_private: isPrivate })
