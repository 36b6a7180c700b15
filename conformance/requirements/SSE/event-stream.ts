import type { Answer } from '../../../client/answer.ts'
import { askedFor } from '../../../client/asked.ts'
import { readOrFail } from '../../../client/read-answer.ts'
import { bytes } from '../../../client/records.ts'
import type { StreamClient } from '../../../client/stream-client.ts'
import { watched } from '../../../client/watch.ts'
import { readBatchFromJson } from '../../../proto/json-bodies.ts'
import { type SseEvent, SseParser } from '../../../proto/sse.ts'
import type { SequencedRecord } from '../../../proto/types.ts'
import type { Expect } from '../../check/expect.ts'

/** The raw body of a session that ended by itself, and the events in it. */
export interface EventStream {
  readonly answer: Answer<unknown>
  readonly text: string
  readonly events: readonly SseEvent[]
}

/** Reads a whole session as bytes: `query` must make it end. */
export async function readEvents(
  expect: Expect,
  stream: StreamClient,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const answer = await stream.raw({
    method: 'GET',
    path: `${stream.recordsPath}?${query}`,
    headers: { accept: 'text/event-stream', ...headers },
  })
  return eventStreamOf(expect, answer)
}

/** The events of a session that ended by itself. */
export function eventStreamOf(expect: Expect, answer: Answer<unknown>): EventStream {
  expect.status(answer, 200)
  const text = new TextDecoder('utf-8', { fatal: true }).decode(answer.body)
  expect.that(
    /(\r\n\r\n|\n\n|\r\r)$/.test(text),
    'the last event is whole, and nothing follows it',
    text.slice(-30),
  )
  return {
    answer,
    text,
    events: wellFormed(expect, watched(new SseParser().push(answer.body), 'events'), answer),
  }
}

/** Every event has a name of the API, and a batch has records in its data. */
function wellFormed(
  expect: Expect,
  events: readonly SseEvent[],
  answer: Answer<unknown>,
): readonly SseEvent[] {
  for (const { event, data } of events) {
    expect.that(NAMES.includes(event), 'an event of the API', event)
    if (event === 'batch') recordsIn(data, askedFor(answer))
    if (event === undefined) expect.equal(data, '[DONE]', 'data of an event without a name')
  }
  return events
}

const NAMES: readonly (string | undefined)[] = ['batch', 'ping', 'error', undefined]

/** The records in the data of a batch event. */
export const recordsIn = (data: string, asked: string = 'the session'): readonly SequencedRecord[] =>
  readOrFail(bytes(data), 'a ReadBatch', asked, (body) => readBatchFromJson(body, 'raw')).records

export const batchesOf = (events: readonly SseEvent[]): readonly SseEvent[] =>
  events.filter(({ event }) => event === 'batch')

/** The records of all batches, in the order in which they came. */
export const recordsOf = (events: readonly SseEvent[]): readonly SequencedRecord[] =>
  batchesOf(events).flatMap(({ data }) => recordsIn(data))

/** The batch of a session that is one batch and its end. */
export function onlyBatch(expect: Expect, events: readonly SseEvent[]): SseEvent {
  expectDone(expect, events)
  expect.equal(
    events.map(({ event }) => event ?? 'none'),
    ['batch', 'none'],
    'names of the events',
  )
  return expect.present(events[0], 'a batch event')
}

/** `[DONE]` without a name or an id, and nothing behind it (SSE-007). */
export function expectDone(expect: Expect, events: readonly SseEvent[]): void {
  expect.equal(events.at(-1), { data: '[DONE]' }, 'the last event')
  expect.equal(events.filter(({ data }) => data === '[DONE]').length, 1, 'how often [DONE] comes')
}
