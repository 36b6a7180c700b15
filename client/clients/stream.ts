import { show } from '../../kit/show.ts'
import { recordsPath, tailPath } from '../../proto/http.ts'
import { tailFromJson } from '../../proto/json-bodies.ts'
import type { Answer } from '../answer.ts'
import { askedFor } from '../asked.ts'
import { ConformanceFailure } from '../failures.ts'
import type { SendRaw } from '../raw.ts'
import { readAnswer } from '../read-answer.ts'
import type { StreamClient } from '../stream-client.ts'
import { isS2s, type Transport } from '../transport.ts'
import { appendOnce, openAppend } from './append.ts'
import type { ClientParts } from './parts.ts'
import { openRead, readOnce } from './read.ts'
import { httpOf, type StreamParts } from './stream-parts.ts'

/** A stream need not exist to be spoken to. */
export function createStreamClient(
  common: ClientParts & { readonly basin: string; readonly raw: SendRaw },
  stream: string,
  transport: Transport,
): StreamClient {
  const { exchange, basin, raw } = common
  const parts: StreamParts = { ...common, stream, transport }
  return {
    name: stream,
    transport,
    // Frames spelt out by hand go over the version of HTTP that their sessions do.
    raw: isS2s(transport) ? (request) => raw({ http: httpOf(parts), ...request }) : raw,
    recordsPath: recordsPath(stream),
    over: (other) => createStreamClient(common, stream, other),
    append: (input, options = {}) => appendOnce(parts, input, options),
    read: (query, options = {}) => readOnce(parts, query, options),
    async checkTail() {
      const received = await exchange.send({ basin, method: 'GET', path: tailPath(stream) })
      return readAnswer(received, 'a tail', tailFromJson)
    },
    openRead: async (query, options = {}) => accepted(await openRead(parts, query, options)),
    openReadAnswer: (query, options = {}) => openRead(parts, query, options),
    openAppend: async (options = {}) => accepted(await openAppend(parts, options)),
    openAppendAnswer: (options = {}) => openAppend(parts, options),
  }
}

function accepted<Session>(answer: Answer<Session>): Session {
  if (answer.value !== undefined) return answer.value
  const asked = askedFor(answer)
  throw new ConformanceFailure({
    subject: 'the session',
    expected: 'status 200',
    actual: `${answer.status} ${show(answer.error?.json)}`,
    ...(asked !== undefined && { request: asked }),
  })
}
