import type { FastifyInstance } from 'fastify'
import type { JsonValue } from '../../../proto/json.ts'
import { member, optional, readObject, readText } from '../../../proto/json-shape.ts'
import { WireError } from '../../../proto/wire-error.ts'
import { type BasinConfig, DEFAULT_BASIN_CONFIG } from '../../semantics/resources/config.ts'
import type { BasinConfigPatch } from '../../semantics/resources/config-patch.ts'
import type { Flavor } from '../../semantics/resources/flavor.ts'
import { type BasinName, checkBasinListing } from '../../semantics/resources/names.ts'
import type { Provision } from '../../semantics/resources/provision.ts'
import type { Rules } from '../../semantics/rules.ts'
import { POST_STATUSES, PUT_STATUSES, sendEmpty, sendJson, sendProvisioned } from '../bodies/answer.ts'
import { optionalJson, requiredJson } from '../bodies/json-request.ts'
import { accepted, rejectIf } from '../errors.ts'
import { callerOf, operation } from '../hooks/operation.ts'
import { requestToken } from '../requests/headers.ts'
import { basinInPath } from '../requests/path.ts'
import type { Services } from '../services.ts'
import { readBasinConfig } from './config-json.ts'
import { readBasinPatch } from './config-patch-json.ts'
import { basinConfigToJson, basinInfoToJson, basinPageToJson } from './info-json.ts'
import { parseListing } from './listing.ts'
import { readLocation } from './locations.ts'

/** `/basins`: list, create, ensure, get, reconfigure, delete (CP-BAS rows). */
export function basins(app: FastifyInstance, services: Services): void {
  const { backend, rules } = services

  app.get('/basins', operation('list-basins'), async (request, reply) => {
    const listing = callerOf(request).listBasins(parseListing(request, checkBasinListing, rules.flavor))
    return sendJson(reply, basinPageToJson(await backend.listBasins(listing)))
  })

  app.post('/basins', operation('create-basin'), async (request, reply) => {
    const token = requestToken(request)
    const { name, config, location } = parseCreate(await requiredJson(request, services), rules)
    const basin = callerOf(request).basin(name)
    const provisioned = accepted(await backend.createBasin(basin, config, token, location))
    return sendProvisioned(reply, postStatuses(rules.flavor), provisioned, basinInfoToJson)
  })

  app.put('/basins/:basin', operation('create-basin', 'reconfigure-basin'), async (request, reply) => {
    const name = callerOf(request).basin(basinInPath(request, rules))
    const { config, location } = parseEnsure(await optionalJson(request, services), rules)
    const provisioned = accepted(await backend.ensureBasin(name, config, location))
    return sendProvisioned(reply, PUT_STATUSES, provisioned, basinInfoToJson)
  })

  app.get('/basins/:basin', operation('get-basin-config'), async (request, reply) => {
    const name = callerOf(request).basin(basinInPath(request, rules))
    return sendJson(reply, basinConfigToJson(accepted(await backend.getBasinConfig(name))))
  })

  app.patch('/basins/:basin', operation('reconfigure-basin'), async (request, reply) => {
    const name = callerOf(request).basin(basinInPath(request, rules))
    const patch = parsePatch(await requiredJson(request, services), rules)
    return sendJson(reply, basinConfigToJson(accepted(await backend.reconfigureBasin(name, patch))))
  })

  app.delete('/basins/:basin', operation('delete-basin'), async (request, reply) => {
    const name = callerOf(request).basin(basinInPath(request, rules))
    rejectIf(await backend.deleteBasin(name))
    return sendEmpty(reply, 202)
  })
}

/** CP-BAS-033. */
const postStatuses = ({ repeatedBasinStatus }: Flavor): Readonly<Record<Provision, number>> => ({
  ...POST_STATUSES,
  noop: repeatedBasinStatus,
})

interface AskedBasin {
  readonly config: BasinConfig
  readonly location: string | undefined
}

/** `{"basin", "config"?, "location"?}` (CP-BAS-030). */
function parseCreate(value: JsonValue, rules: Rules): AskedBasin & { readonly name: BasinName } {
  const object = readObject(value, 'the body')
  const named = rules.parseBasinName(readText(member(object, 'basin'), 'basin'))
  if ('misnamed' in named) throw new WireError('bad_json', `basin is not valid: ${named.misnamed}`)
  return { name: named.name, ...parseEnsure(value, rules) }
}

/** `{"config"?, "location"?}`, or nothing (CP-BAS-050, CP-BAS-052). */
function parseEnsure(value: JsonValue | undefined, rules: Rules): AskedBasin {
  if (value === undefined) return { config: DEFAULT_BASIN_CONFIG, location: undefined }
  const object = readObject(value, 'the body')
  const config = optional(member(object, 'config'), 'config', readBasinConfig) ?? DEFAULT_BASIN_CONFIG
  const location = optional(member(object, 'location'), 'location', readLocation)
  rejectIf(rules.checkStreamConfig(config.defaultStreamConfig, rules.flavor))
  return { config, location }
}

function parsePatch(value: JsonValue, rules: Rules): BasinConfigPatch {
  const patch = readBasinPatch(value, 'the body', rules.flavor)
  rejectIf(rules.checkStreamPatch(patch.defaultStreamConfig, rules.flavor))
  return patch
}
