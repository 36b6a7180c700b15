import { HEADERS, streamPath } from '../../proto/http.ts'
import type { BasinClient } from '../basin-client.ts'
import { readAnswer } from '../read-answer.ts'
import { type ClientParts, jsonBody, listQuery, NOTHING } from './parts.ts'
import { createSendRaw } from './raw.ts'
import { streamConfigFromJson, streamInfoFromJson, streamPageFromJson } from './read-bodies.ts'
import { createStreamClient } from './stream.ts'

/** A basin need not exist to be spoken to. Its streams go with it when it is deleted. */
export function createBasinClient(parts: ClientParts, basin: string): BasinClient {
  const { exchange } = parts
  const raw = createSendRaw(exchange, basin)

  return {
    name: basin,
    raw,
    async listStreams(query = {}) {
      const received = await exchange.send({ basin, method: 'GET', path: `/streams${listQuery(query)}` })
      return readAnswer(received, 'a page of streams', streamPageFromJson)
    },
    async createStream(name, config, options = {}) {
      const headers =
        options.requestToken === undefined ? {} : { [HEADERS.requestToken]: options.requestToken }
      const content = jsonBody({ stream: name, config }, headers)
      const received = await exchange.send({ basin, method: 'POST', path: '/streams', ...content })
      return readAnswer(received, 'a stream', streamInfoFromJson)
    },
    async ensureStream(name, config) {
      const content = config === undefined ? {} : jsonBody(config)
      const received = await exchange.send({ basin, method: 'PUT', path: streamPath(name), ...content })
      return readAnswer(received, 'a stream', streamInfoFromJson)
    },
    async getStreamConfig(name) {
      const received = await exchange.send({ basin, method: 'GET', path: streamPath(name) })
      return readAnswer(received, 'a configuration of a stream', streamConfigFromJson)
    },
    async reconfigureStream(name, patch) {
      const received = await exchange.send({
        basin,
        method: 'PATCH',
        path: streamPath(name),
        ...jsonBody(patch),
      })
      return readAnswer(received, 'a configuration of a stream', streamConfigFromJson)
    },
    async deleteStream(name) {
      const received = await exchange.send({ basin, method: 'DELETE', path: streamPath(name) })
      return readAnswer(received, 'nothing', NOTHING)
    },
    stream: (name, transport = 'json') => createStreamClient({ ...parts, basin, raw }, name, transport),
  }
}
