import { ERROR_CODES, isErrorCode } from '../../proto/error-codes.ts'
import { SseParser } from '../../proto/sse.ts'
import { parseReadSessionEvent, type ReadSessionEvent } from '../../proto/sse-events.ts'
import type { Format } from '../../proto/types.ts'
import { WireError } from '../../proto/wire-error.ts'
import type { Answer } from '../answer.ts'
import { rememberAsked } from '../asked.ts'
import { ConformanceFailure } from '../failures.ts'
import { readErrorBody } from '../read-answer.ts'
import { bytes } from '../records.ts'
import type { ReadEvent } from '../stream-client.ts'
import type { SessionParts } from './parts.ts'

/** The events of an SSE read session; ends with `[DONE]` or an error event, as the API demands (SSE-007, SSE-008). */
export async function* sseReadEvents(parts: SessionParts, format: Format): AsyncGenerator<ReadEvent, void> {
  const { wire, asked, recorder } = parts
  const parser = new SseParser()
  let last: ReadEvent | undefined
  for await (const chunk of wire.chunks) {
    recorder.received(chunk)
    for (const event of readOrFail(asked, () => parseChunk(parser, chunk, format))) {
      last = toReadEvent(event, parts)
      yield last
    }
  }
  recorder.note('< end of the body')
  if (last?.kind !== 'end' && last?.kind !== 'error') throw cutShort(asked)
}

function parseChunk(parser: SseParser, chunk: Uint8Array, format: Format): ReadSessionEvent[] {
  // Events of unknown names are passed over, as any SSE client does.
  return parser.push(chunk).flatMap((event) => parseReadSessionEvent(event, format) ?? [])
}

function toReadEvent(event: ReadSessionEvent, parts: SessionParts): ReadEvent {
  switch (event.kind) {
    case 'batch':
      return { kind: 'batch', batch: event.batch, id: event.id }
    case 'ping':
      return { kind: 'heartbeat', tail: event.tail }
    case 'done':
      return { kind: 'end' }
    case 'error':
      return { kind: 'error', answer: errorAnswer(event.data, parts) }
  }
}

/** An error event has no status of its own: it is that of its code, or 0 for a code that nobody knows. */
function errorAnswer(data: string, { wire, asked }: SessionParts): Answer<undefined> {
  const body = bytes(data)
  const error = readErrorBody(body)
  const code = error.code ?? ''
  const status = isErrorCode(code) ? ERROR_CODES[code].status : 0
  return rememberAsked({ status, headers: wire.headers, value: undefined, error, body }, asked)
}

function readOrFail<T>(asked: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw new ConformanceFailure({
      subject: 'the session',
      expected: 'events of a read session',
      actual: error.message,
      request: asked,
    })
  }
}

const cutShort = (asked: string): ConformanceFailure =>
  new ConformanceFailure({
    subject: 'the end of the session',
    expected: '[DONE] or an error event',
    actual: 'the end of the body without either',
    request: asked,
  })
