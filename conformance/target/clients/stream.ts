import { HEADERS, MEDIA_TYPES, recordsPath, tailPath } from '../../../proto/http.ts'
import { tailFromJson } from '../../../proto/json-bodies.ts'
import type { Format } from '../../../proto/types.ts'
import { ConformanceFailure } from '../../failures.ts'
import type { Transport } from '../../requirement.ts'
import { show } from '../../show.ts'
import type { Answer } from '../answer.ts'
import { askedFor } from '../asked.ts'
import type { SendRaw } from '../raw.ts'
import { readAnswer } from '../read-answer.ts'
import type { StreamClient } from '../stream-client.ts'
import type { ClientParts } from './account.ts'
import { appendOnce, openAppend } from './append.ts'
import { openRead, readOnce } from './read.ts'

/** What the operations on one stream have in common. */
export interface StreamParts extends ClientParts {
  readonly basin: string
  readonly stream: string
  readonly transport: Transport
}

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
    raw,
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

/** Headers of a JSON or protobuf request in this transport; the check's own win. */
export function formatHeaders(transport: Transport): Readonly<Record<string, string>> {
  if (transport === 'base64') return { [HEADERS.format]: 'base64' }
  return transport === 'protobuf' ? { accept: MEDIA_TYPES.protobuf } : {}
}

/** Sessions in both directions at once: the version of HTTP that they go over. */
export const httpOf = ({ transport, sessionHttp }: StreamParts): '1.1' | '2' =>
  transport === 's2s-http1' ? '1.1' : sessionHttp

export const formatOf = (transport: Transport): Format => (transport === 'base64' ? 'base64' : 'raw')

function accepted<Session>(answer: Answer<Session>): Session {
  if (answer.value !== undefined) return answer.value
  const asked = askedFor(answer)
  throw new ConformanceFailure({
    what: 'the session',
    allowed: 'status 200',
    came: `${answer.status} ${show(answer.error?.json)}`,
    ...(asked !== undefined && { asked }),
  })
}
