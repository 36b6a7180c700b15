import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JsonValue } from '../../../proto/json.ts'
import { member, optional, readObject, readText } from '../../../proto/json-shape.ts'
import { WireError } from '../../../proto/wire-error.ts'
import type { StreamAddress } from '../../backend/backend.ts'
import { type StreamConfig, UNSET_STREAM_CONFIG } from '../../semantics/resources/config.ts'
import type { StreamConfigPatch } from '../../semantics/resources/config-patch.ts'
import { checkStreamListing, type Named, type StreamName } from '../../semantics/resources/names.ts'
import type { Rules } from '../../semantics/rules.ts'
import { POST_STATUSES, PUT_STATUSES, sendEmpty, sendJson, sendProvisioned } from '../bodies/answer.ts'
import { optionalJson, requiredJson } from '../bodies/json-request.ts'
import { accepted, rejectIf } from '../errors.ts'
import { callerOf, operation } from '../hooks/operation.ts'
import { basinInHeader, requestToken } from '../requests/headers.ts'
import { nameOf, streamInPath } from '../requests/path.ts'
import type { Services } from '../services.ts'
import { readStreamConfig } from './config-json.ts'
import { readStreamPatch } from './config-patch-json.ts'
import { streamConfigToJson, streamInfoToJson, streamPageToJson } from './info-json.ts'
import { parseListing } from './listing.ts'

/** `/streams` of the basin in `s2-basin`: list, create, ensure, get, reconfigure, delete (CP-STR rows). */
export function streams(app: FastifyInstance, services: Services): void {
  const { backend, rules } = services

  app.get('/streams', operation('list-streams'), async (request, reply) => {
    const caller = callerOf(request)
    const basin = basinInHeader(request, rules)
    const listing = parseListing(request, checkStreamListing, rules.flavor)
    const page = accepted(await backend.listStreams(caller.basin(basin), caller.listStreams(listing)))
    const items = page.items.map((info) => caller.told(info))
    return sendJson(reply, streamPageToJson({ ...page, items }))
  })

  app.post('/streams', operation('create-stream'), async (request, reply) => {
    const caller = callerOf(request)
    const token = requestToken(request)
    const basin = basinInHeader(request, rules)
    const { stream, config } = parseCreate(await requiredJson(request, services), rules)
    const address = nameInBody(caller.stream(basin, stream))
    const provisioned = accepted(await backend.createStream(address, config, token))
    return sendProvisioned(reply, POST_STATUSES, provisioned, (info) => streamInfoToJson(caller.told(info)))
  })

  app.put('/streams/:stream', operation('create-stream', 'reconfigure-stream'), async (request, reply) => {
    const caller = callerOf(request)
    const address = addressOf(request, rules)
    const config = parseEnsure(await optionalJson(request, services), rules)
    const provisioned = accepted(await backend.ensureStream(address, config))
    return sendProvisioned(reply, PUT_STATUSES, provisioned, (info) => streamInfoToJson(caller.told(info)))
  })

  app.get('/streams/:stream', operation('get-stream-config'), async (request, reply) => {
    const address = addressOf(request, rules)
    return sendJson(reply, streamConfigToJson(accepted(await backend.getStreamConfig(address))))
  })

  app.patch('/streams/:stream', operation('reconfigure-stream'), async (request, reply) => {
    const address = addressOf(request, rules)
    const patch = parsePatch(await requiredJson(request, services), rules)
    const config = accepted(await backend.reconfigureStream(address, patch))
    return sendJson(reply, streamConfigToJson(config))
  })

  app.delete('/streams/:stream', operation('delete-stream'), async (request, reply) => {
    const address = addressOf(request, rules)
    rejectIf(await backend.deleteStream(address))
    return sendEmpty(reply, 202)
  })
}

/**
 * The stream that a request is about: first the header is judged, then the path (CP-RT-008), then whether the caller may do
 * this with it.
 */
export function addressOf(request: FastifyRequest, rules: Rules): StreamAddress {
  const basin = basinInHeader(request, rules)
  return nameOf(callerOf(request).stream(basin, streamInPath(request, rules)))
}

/** `{"stream", "config"?}` (CP-STR-020). */
function parseCreate(value: JsonValue, rules: Rules): { stream: StreamName; config: StreamConfig } {
  const object = readObject(value, 'the body')
  const stream = nameInBody(rules.parseStreamName(readText(member(object, 'stream'), 'stream')))
  const config = optional(member(object, 'config'), 'config', readStreamConfig) ?? UNSET_STREAM_CONFIG
  rejectIf(rules.checkStreamConfig(config, rules.flavor))
  return { stream, config }
}

function nameInBody<Name>(named: Named<Name>): Name {
  if ('misnamed' in named) throw new WireError('bad_json', `stream is not valid: ${named.misnamed}`)
  return named.name
}

/** The config itself, not wrapped, or nothing (CP-STR-040). */
function parseEnsure(value: JsonValue | undefined, rules: Rules): StreamConfig {
  if (value === undefined) return UNSET_STREAM_CONFIG
  const config = readStreamConfig(value, 'the body')
  rejectIf(rules.checkStreamConfig(config, rules.flavor))
  return config
}

function parsePatch(value: JsonValue, rules: Rules): StreamConfigPatch {
  const patch = readStreamPatch(value, 'the body')
  rejectIf(rules.checkStreamPatch(patch, rules.flavor))
  return patch
}
