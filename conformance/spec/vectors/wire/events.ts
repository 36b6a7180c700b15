import { SseParser } from '../../../../proto/sse.ts'
import {
  batchEvent,
  doneEvent,
  errorEvent,
  parseLastEventId,
  pingEvent,
} from '../../../../proto/sse-events.ts'
import type { WireVector } from './vector.ts'

const at = { seqNum: 3n, timestamp: 1_767_225_600_000n }
const body = new TextEncoder().encode('hello')
const BATCH = batchEvent({ records: [{ ...at, headers: [], body }], tail: at }, 'raw', {
  seqNum: 3n,
  count: 1n,
  bytes: 13n,
})

const STREAMS: readonly string[] = [
  BATCH,
  pingEvent(1_767_225_600_000n, at),
  errorEvent('{"code":"storage","message":"x"}'),
  doneEvent(),
  `${BATCH}${pingEvent(5n, at)}${doneEvent()}`,
  ': a comment\n\ndata: x\n\n',
  'event: batch\r\nid: 1,1,8\r\ndata: {}\r\n\r\n',
  'data:a\rdata: b\r\r',
  'data: a\n data: b\n\n',
  'data\n\n',
  'event: batch\n\n',
  'unknown: x\ndata: x\n\n',
  'data: an event that is not ended\n',
]

const IDS = [
  '0,0,0',
  '3,1,13',
  '18446744073709551615,18446744073709551615,18446744073709551615',
  '',
  '1',
  '1,2',
  '1,2,3,4',
  '1,2,x',
  '-1,2,3',
  '+1,2,3',
  '1, 2,3',
  '18446744073709551616,0,0',
  '1.0,2,3',
  '1,,3',
] as const

/** Event streams cut into events, and the ids that resume them. */
export function eventVectors(): readonly WireVector[] {
  return [
    ...STREAMS.map((text) => ({
      kind: 'sse',
      text,
      events: new SseParser().push(new TextEncoder().encode(text)),
    })),
    ...IDS.map((text) => {
      const id = parseLastEventId(text)
      if (id === undefined) return { kind: 'event-id', text, error: 'bad_header' }
      return { kind: 'event-id', text, position: { seq_num: id.seqNum, count: id.count, bytes: id.bytes } }
    }),
  ]
}
