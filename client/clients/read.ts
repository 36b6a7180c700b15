import type { Clock } from '../../kit/clock.ts'
import { MEDIA_TYPES, mediaKind, recordsPath } from '../../proto/http.ts'
import { readBatchFromJson } from '../../proto/json-bodies.ts'
import { decodeReadBatch } from '../../proto/messages.ts'
import type { Position, SequencedRecord } from '../../proto/types.ts'
import type { Answer } from '../answer.ts'
import type { ApiRequest } from '../api-request.ts'
import { askedFor, rememberAsked } from '../asked.ts'
import { readAnswer } from '../read-answer.ts'
import { SILENCE_SECONDS } from '../sessions/pull.ts'
import { countdown, createReadSession } from '../sessions/read-session.ts'
import { s2sReadEvents } from '../sessions/s2s-read.ts'
import { sseReadEvents } from '../sessions/sse-read.ts'
import type { ReadQuery, ReadResult, ReadSession, RequestOptions } from '../stream-client.ts'
import { isS2s } from '../transport.ts'
import { refuseSuccess, spelt } from './append.ts'
import { query } from './parts.ts'
import { formatHeaders, formatOf, httpOf, type StreamParts } from './stream-parts.ts'

/** A whole read: one unary answer, or a session up to its end. */
export async function readOnce(
  parts: StreamParts,
  range: ReadQuery,
  options: RequestOptions,
): Promise<Answer<ReadResult>> {
  if (parts.transport === 'sse' || isS2s(parts.transport)) {
    const answer = await openSession(parts, range, options, false)
    return await readWholeSession(answer, parts.exchange.clock, SILENCE_SECONDS + (range.wait ?? 0))
  }
  const headers = { ...formatHeaders(parts.transport), ...options.headers }
  const received = await parts.exchange.send({ ...request(parts, range), headers, ...spelt(options) })
  const isProtobuf = mediaKind(received.headers['content-type']) === 'protobuf'
  return readAnswer(received, 'a ReadBatch', (body) => {
    const { records, tail } = isProtobuf
      ? decodeReadBatch(body)
      : readBatchFromJson(body, formatOf(parts.transport))
    return { records, tail }
  })
}

/** A session on a connection of its own. */
export const openRead = (
  parts: StreamParts,
  range: ReadQuery,
  options: RequestOptions,
): Promise<Answer<ReadSession>> => openSession(parts, range, options, true)

async function openSession(
  parts: StreamParts,
  range: ReadQuery,
  options: RequestOptions,
  ownConnection: boolean,
): Promise<Answer<ReadSession>> {
  const { exchange, transport } = parts
  const { recorder, signal, clock, heard } = exchange
  const isFrames = isS2s(transport)
  const headers = {
    ...(isFrames ? { 'content-type': MEDIA_TYPES.s2s } : { accept: MEDIA_TYPES['event-stream'] }),
    ...(transport === 'base64' && formatHeaders(transport)),
    ...options.headers,
  }
  const http = isFrames ? httpOf(parts) : '1.1'
  const opened = await exchange.open(
    { ...request(parts, range), headers, http, ...spelt(options) },
    { upload: false, ownConnection },
  )
  if (!opened.accepted) return readAnswer(opened.answer, 'a session', refuseSuccess)
  const { wire, asked } = opened
  const session = { wire, asked, recorder, signal, clock, heard }
  const events = isFrames ? s2sReadEvents(session) : sseReadEvents(session, formatOf(parts.transport))
  return rememberAsked(
    {
      status: wire.status,
      headers: wire.headers,
      value: createReadSession(session, events),
      error: undefined,
      body: new Uint8Array(0),
    },
    asked,
  )
}

/** Reads up to the end, with so many seconds from one batch to the next. Heartbeats are no progress. */
async function readWholeSession(
  answer: Answer<ReadSession>,
  clock: Clock,
  seconds: number,
): Promise<Answer<ReadResult>> {
  const { headers, value: session } = answer
  if (session === undefined) return copied<ReadResult>(answer, { ...answer, value: undefined })
  const records: SequencedRecord[] = []
  let tail: Position | undefined
  let left = countdown(clock, seconds)
  for (;;) {
    const event = await session.next(left())
    if (event.kind === 'end') break
    if (event.kind === 'error') return copied<ReadResult>(answer, { ...event.answer, value: undefined })
    if (event.kind === 'batch') {
      records.push(...event.batch.records)
      tail = event.batch.tail ?? tail
      left = countdown(clock, seconds)
    }
    if (event.kind === 'heartbeat') tail = event.tail ?? tail
  }
  const value = { records, tail }
  return copied<ReadResult>(answer, {
    status: 200,
    headers,
    value,
    error: undefined,
    body: new Uint8Array(0),
  })
}

/** An answer made from another one was asked for by the same request. */
function copied<Value>(from: Answer<unknown>, to: Answer<Value>): Answer<Value> {
  const asked = askedFor(from)
  return asked === undefined ? to : rememberAsked(to, asked)
}

function request({ basin, stream }: StreamParts, range: ReadQuery): ApiRequest {
  const parameters = query({
    seq_num: range.seqNum,
    timestamp: range.timestamp,
    tail_offset: range.tailOffset,
    clamp: range.clamp,
    count: range.count,
    bytes: range.bytes,
    until: range.until,
    wait: range.wait,
  })
  return { basin, method: 'GET', path: `${recordsPath(stream)}${parameters}` }
}
