import { parseJson, stringifyJson } from './json.ts'
import { positionToJson, readBatchFromJson, readBatchToJson, readPosition } from './json-bodies.ts'
import { member, optional, readObject, readU64 } from './json-shape.ts'
import { type SseEvent, sseEvent } from './sse.ts'
import type { Format, MeteredBytes, Position, ReadBatch, SeqNum, Timestamp } from './types.ts'
import { parseU64 } from './u64.ts'

/** What a batch event's id says, and `Last-Event-ID` brings back (SSE-004, SSE-009). */
export interface EventId {
  /** Number of the batch's last record. */
  readonly seqNum: SeqNum
  /** Records and metered bytes delivered so far in this response, this batch included. */
  readonly count: bigint
  readonly bytes: MeteredBytes
}

/** The events of a read session. `id` and `tail` are as they came: what must be there is for the reader to judge. */
export type ReadSessionEvent = { readonly id?: string } & ReadSessionEventData

type ReadSessionEventData =
  | { readonly kind: 'batch'; readonly batch: ReadBatch }
  | { readonly kind: 'ping'; readonly timestamp: Timestamp; readonly tail?: Position }
  /** `data` is the JSON text of the usual error body, which has no status here (SSE-008). */
  | { readonly kind: 'error'; readonly data: string }
  | { readonly kind: 'done' }

/** `event: batch` (SSE-003). */
export function batchEvent(batch: ReadBatch, format: Format, id: EventId): string {
  return sseEvent({ event: 'batch', id: eventIdToText(id), data: readBatchToJson(batch, format) })
}

/** `event: ping`; the timestamp is the server's clock, in Unix milliseconds (SSE-005). */
export function pingEvent(timestamp: Timestamp, tail: Position): string {
  return sseEvent({ event: 'ping', data: stringifyJson({ timestamp, tail: positionToJson(tail) }) })
}

export function errorEvent(errorBody: string): string {
  return sseEvent({ event: 'error', data: errorBody })
}

/** The clean end, without a name and without an id (SSE-007). */
export function doneEvent(): string {
  return sseEvent({ data: DONE })
}

/** Undefined for an event that S2 does not define. Throws `WireError` as the JSON codecs do. */
export function parseReadSessionEvent(sse: SseEvent, format: Format): ReadSessionEvent | undefined {
  const event = parseData(sse, format)
  return event === undefined || sse.id === undefined ? event : { ...event, id: sse.id }
}

/** Three 64-bit numbers and two commas, nothing else; undefined otherwise, for a 400 `bad_header` (SSE-011). */
export function parseLastEventId(text: string): EventId | undefined {
  const [seqNum, count, bytes, ...more] = text.split(',').map(parseU64)
  if (seqNum === undefined || count === undefined || bytes === undefined || more.length > 0) return undefined
  return { seqNum, count, bytes }
}

export function eventIdToText({ seqNum, count, bytes }: EventId): string {
  return `${seqNum},${count},${bytes}`
}

const DONE = '[DONE]'

function parseData({ event, data }: SseEvent, format: Format): ReadSessionEventData | undefined {
  switch (event) {
    case 'batch':
      return { kind: 'batch', batch: readBatchFromJson(data, format) }
    case 'ping':
      return { kind: 'ping', ...parsePing(data) }
    case 'error':
      return { kind: 'error', data }
    case undefined:
      return data === DONE ? { kind: 'done' } : undefined
    default:
      return undefined
  }
}

function parsePing(data: string): { timestamp: Timestamp; tail?: Position } {
  const object = readObject(parseJson(data), 'the ping')
  const timestamp = readU64(member(object, 'timestamp'), 'timestamp')
  const tail = optional(member(object, 'tail'), 'tail', readPosition)
  return { timestamp, ...(tail !== undefined && { tail }) }
}
