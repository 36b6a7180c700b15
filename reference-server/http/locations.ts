import type { FastifyInstance } from 'fastify'
import type { JsonValue } from '../../proto/json.ts'
import { readText } from '../../proto/json-shape.ts'
import { WireError } from '../../proto/wire-error.ts'
import { checkLocationName } from '../semantics/names.ts'
import { notImplemented } from './errors.ts'
import { requiredJson } from './json-request.ts'
import { operation } from './operation.ts'
import type { Services } from './services.ts'

/** `/locations`: list, get and set the default; only as far as a request can be wrong (CP-LOC-001). */
export function locations(app: FastifyInstance, services: Services): void {
  app.get('/locations', operation('list-locations'), async () => {
    throw notImplemented('locations')
  })

  app.get('/locations/default', operation('get-default-location'), async () => {
    throw notImplemented('locations')
  })

  app.put('/locations/default', operation('set-default-location'), async (request) => {
    readLocation(await requiredJson(request, services), 'the body')
    throw notImplemented('locations')
  })
}

/** A location's name as a JSON string (CP-LOC-004, CP-LOC-005). */
export function readLocation(value: JsonValue, what: string): string {
  const name = readText(value, what)
  const misnamed = checkLocationName(name)
  if (misnamed !== undefined) throw new WireError('bad_json', `${what} is not valid: ${misnamed.misnamed}`)
  return name
}
