import { MEDIA_TYPES, mediaKind, recordsPath } from '../../proto/http.ts'
import { appendAckFromJson, appendInputToJson } from '../../proto/json-bodies.ts'
import { decodeAppendAck, encodeAppendInput } from '../../proto/messages.ts'
import type { AppendAck, AppendInput } from '../../proto/types.ts'
import type { Answer } from '../answer.ts'
import type { ApiRequest } from '../api-request.ts'
import { rememberAsked } from '../asked.ts'
import type { ReceivedAnswer } from '../exchange.ts'
import { ConformanceFailure } from '../failures.ts'
import { readAnswer } from '../read-answer.ts'
import { bytes } from '../records.ts'
import { appendAnswers, appendFrame, createAppendSession } from '../sessions/s2s-append.ts'
import type { AppendSession, RequestOptions } from '../stream-client.ts'
import { isS2s } from '../transport.ts'
import { formatHeaders, formatOf, httpOf, type StreamParts } from './stream-parts.ts'

/** One batch: as a unary request, or as a session of one frame. */
export async function appendOnce(
  parts: StreamParts,
  input: AppendInput,
  options: RequestOptions,
): Promise<Answer<AppendAck>> {
  const { exchange, transport } = parts
  if (isS2s(transport)) {
    const received = await exchange.send({ ...sessionRequest(parts, options), body: appendFrame(input) })
    return await onlyAnswer(received, parts)
  }
  const received = await exchange.send({
    basin: parts.basin,
    method: 'POST',
    path: recordsPath(parts.stream),
    headers: { ...unaryHeaders(parts), ...options.headers },
    ...spelt(options),
    body:
      transport === 'protobuf'
        ? encodeAppendInput(input)
        : bytes(appendInputToJson(input, formatOf(transport))),
  })
  const isProtobuf = mediaKind(received.headers['content-type']) === 'protobuf'
  return readAnswer(received, 'an AppendAck', isProtobuf ? decodeAppendAck : appendAckFromJson)
}

export async function openAppend(
  parts: StreamParts,
  options: RequestOptions,
): Promise<Answer<AppendSession>> {
  const { exchange } = parts
  const { recorder, signal, clock, heard } = exchange
  const opened = await exchange.open(sessionRequest(parts, options), { upload: true, ownConnection: true })
  if (!opened.accepted) return readAnswer(opened.answer, 'a session', refuseSuccess)
  const { wire, asked } = opened
  const value = createAppendSession({ wire, asked, recorder, signal, clock, heard })
  const { status, headers } = wire
  return rememberAsked({ status, headers, value, error: undefined, body: new Uint8Array(0) }, asked)
}

function sessionRequest(parts: StreamParts, options: RequestOptions): ApiRequest {
  const { basin, stream } = parts
  const headers = { 'content-type': MEDIA_TYPES.s2s, ...options.headers }
  return { basin, method: 'POST', path: recordsPath(stream), headers, http: httpOf(parts), ...spelt(options) }
}

/** What a request takes over from the options as it is. */
export const spelt = ({ spelling }: RequestOptions): Pick<ApiRequest, 'spelling'> =>
  spelling === undefined ? {} : { spelling }

function unaryHeaders({ transport }: StreamParts): Readonly<Record<string, string>> {
  const type = transport === 'protobuf' ? MEDIA_TYPES.protobuf : MEDIA_TYPES.json
  return { 'content-type': type, ...formatHeaders(transport) }
}

/** The ack or the terminal frame of a session that was sent one frame (S2S-030, S2S-027). */
async function onlyAnswer(received: ReceivedAnswer, parts: StreamParts): Promise<Answer<AppendAck>> {
  if (received.status !== 200) return readAnswer(received, 'a session', refuseSuccess)
  const { headers, body, asked } = received
  const { recorder } = parts.exchange
  const answers: Answer<AppendAck>[] = []
  for await (const answer of appendAnswers({ headers, chunks: whole(body), asked, recorder }))
    answers.push(answer)
  const [first] = answers
  if (first !== undefined && answers.length === 1) return first
  throw new ConformanceFailure({
    subject: 'the session',
    expected: 'one frame in answer to one',
    actual: answers.length === 0 ? 'its end without a frame' : `${answers.length} frames`,
    request: asked,
  })
}

async function* whole(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

/** A session is accepted with 200 and with nothing else. */
export function refuseSuccess(): never {
  throw new ConformanceFailure({
    subject: 'the session',
    expected: 'status 200 or a refusal',
    actual: 'another 2xx',
  })
}
