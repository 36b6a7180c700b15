import { type SseEvent, SseParser } from '../../../proto/sse.ts'
import type { Expect } from '../../expect.ts'
import type { Answer } from '../../target/answer.ts'
import type { StreamClient } from '../../target/stream-client.ts'
import { watched } from '../../target/watch.ts'

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
  expect.status(answer, 200)
  return {
    answer,
    text: new TextDecoder('utf-8', { fatal: true }).decode(answer.body),
    events: watched(new SseParser().push(answer.body), 'events'),
  }
}

export const batchesOf = (events: readonly SseEvent[]): readonly SseEvent[] =>
  events.filter(({ event }) => event === 'batch')

/** `[DONE]` without a name or an id, and nothing behind it (SSE-007). */
export function expectDone(expect: Expect, events: readonly SseEvent[]): void {
  expect.equal(events.at(-1), { data: '[DONE]' }, 'the last event')
  expect.equal(events.filter(({ data }) => data === '[DONE]').length, 1, 'how often [DONE] comes')
}
