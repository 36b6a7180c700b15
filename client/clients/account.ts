import { basinPath, HEADERS } from '../../proto/http.ts'
import type { AccountClient } from '../account-client.ts'
import { readAnswer } from '../read-answer.ts'
import { createBasinClient } from './basin.ts'
import { type ClientParts, jsonBody, listQuery, NOTHING } from './parts.ts'
import { createSendRaw } from './raw.ts'
import { basinConfigFromJson, basinInfoFromJson, basinPageFromJson } from './read-bodies.ts'

export function createAccountClient(parts: ClientParts): AccountClient {
  const { exchange, inventory } = parts

  return {
    raw: createSendRaw(exchange),
    async listBasins(query = {}) {
      const received = await exchange.send({ method: 'GET', path: `/basins${listQuery(query)}` })
      return readAnswer(received, 'a page of basins', basinPageFromJson)
    },
    async createBasin(name, config, options = {}) {
      inventory.basinAttempted(name)
      const headers =
        options.requestToken === undefined ? {} : { [HEADERS.requestToken]: options.requestToken }
      const received = await exchange.send({
        method: 'POST',
        path: '/basins',
        ...jsonBody({ basin: name, config }, headers),
      })
      if (isCreation(received)) inventory.basinCreated(name)
      return readAnswer(received, 'a basin', basinInfoFromJson)
    },
    async ensureBasin(name, body) {
      inventory.basinAttempted(name)
      const content = body === undefined ? {} : jsonBody(body)
      const received = await exchange.send({ method: 'PUT', path: basinPath(name), ...content })
      if (isCreation(received)) inventory.basinCreated(name)
      return readAnswer(received, 'a basin', basinInfoFromJson)
    },
    async getBasinConfig(name) {
      const received = await exchange.send({ method: 'GET', path: basinPath(name) })
      return readAnswer(received, 'a configuration of a basin', basinConfigFromJson)
    },
    async reconfigureBasin(name, patch) {
      const received = await exchange.send({ method: 'PATCH', path: basinPath(name), ...jsonBody(patch) })
      return readAnswer(received, 'a configuration of a basin', basinConfigFromJson)
    },
    async deleteBasin(name) {
      const received = await exchange.send({ method: 'DELETE', path: basinPath(name) })
      return readAnswer(received, 'nothing', NOTHING)
    },
    basin: (name) => createBasinClient(parts, name),
  }
}

/** 201 may also answer the idempotent repeat of a create, which made nothing (CP-BAS-033). */
const isCreation = (answer: { status: number; headers: Readonly<Record<string, string>> }): boolean =>
  answer.status === 201 && answer.headers[HEADERS.provisionResult] !== 'noop'
