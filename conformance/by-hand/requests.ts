import type { Answer } from '../../client/answer.ts'
import { askedFor } from '../../client/asked.ts'
import { readOrFail } from '../../client/read-answer.ts'
import type { StreamClient } from '../../client/stream-client.ts'
import { watched } from '../../client/watch.ts'
import type { Spelling } from '../../client/wire/spelling.ts'
import { appendAckFromJson, readBatchFromJson } from '../../proto/json-bodies.ts'
import { decodeAppendAck, decodeReadBatch } from '../../proto/messages.ts'
import type { AppendAck, ReadBatch } from '../../proto/types.ts'

/*
 * Requests spelt out byte for byte, for checks that are about a header or a body rather than about what they do,
 * and the four ways to read an answer that came to such a request.
 */

export type Headers = Readonly<Record<string, string>>

/** An append: the body as it is, JSON unless `headers` says otherwise. */
export const postRecords = (
  stream: StreamClient,
  body: string | Uint8Array,
  headers: Headers = {},
  spelling?: Spelling,
): Promise<Answer<unknown>> =>
  stream.raw({
    method: 'POST',
    path: stream.recordsPath,
    headers: { 'content-type': 'application/json', ...headers },
    body,
    ...(spelling !== undefined && { spelling }),
  })

/** A read; `query` without its question mark. */
export const getRecords = (
  stream: StreamClient,
  query: string,
  headers: Headers = {},
): Promise<Answer<unknown>> => stream.raw({ method: 'GET', path: `${stream.recordsPath}?${query}`, headers })

export const getTail = (stream: StreamClient, headers: Headers = {}): Promise<Answer<unknown>> =>
  stream.raw({ method: 'GET', path: `${stream.recordsPath}/tail`, headers })

export const jsonAck = (answer: Answer<unknown>): AppendAck =>
  readBody(answer, 'a JSON ack', appendAckFromJson)

export const jsonBatch = (answer: Answer<unknown>): ReadBatch =>
  readBody(answer, 'a JSON batch', (body) => readBatchFromJson(body, 'raw'))

export const protobufAck = (answer: Answer<unknown>): AppendAck =>
  readBody(answer, 'a protobuf ack', decodeAppendAck)

export const protobufBatch = (answer: Answer<unknown>): ReadBatch =>
  readBody(answer, 'a protobuf batch', decodeReadBatch)

/** The body of an answer as text. */
export const textOf = ({ body }: Answer<unknown>): string => new TextDecoder().decode(body)

const readBody = <Value>(answer: Answer<unknown>, what: string, read: (body: Uint8Array) => Value): Value =>
  watched(readOrFail(answer.body, what, askedFor(answer) ?? 'the request', read), what)
