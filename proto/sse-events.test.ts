import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_U64 } from './limits.ts'
import { SseParser } from './sse.ts'
import {
  batchEvent,
  doneEvent,
  errorEvent,
  eventIdToText,
  parseLastEventId,
  parseReadSessionEvent,
  pingEvent,
  type ReadSessionEvent,
} from './sse-events.ts'
import { position, readBatch, u64, utf8Bytes, valueOrWireError } from './testing.ts'
import type { Format } from './types.ts'

function parse(text: string, format: Format = 'raw'): (ReadSessionEvent | undefined)[] {
  return new SseParser()
    .push(new TextEncoder().encode(text))
    .map((event) => parseReadSessionEvent(event, format))
}

const tail = { seqNum: 2n, timestamp: 1000n }

describe('what is written', () => {
  test('a batch (SSE-003, SSE-004)', () => {
    const batch = {
      records: [{ seqNum: 1n, timestamp: 1000n, headers: [], body: new Uint8Array([0xff, 0xef]) }],
    }
    expect(batchEvent(batch, 'base64', { seqNum: 1n, count: 2n, bytes: 20n })).toBe(
      'event: batch\nid: 1,2,20\ndata: {"records":[{"seq_num":1,"timestamp":1000,"body":"/+8="}]}\n\n',
    )
  })

  test('a ping, without id (SSE-005)', () => {
    expect(pingEvent(1_700_000_000_000n, tail)).toBe(
      'event: ping\ndata: {"timestamp":1700000000000,"tail":{"seq_num":2,"timestamp":1000}}\n\n',
    )
  })

  test('an error (SSE-008)', () => {
    expect(errorEvent('{"code":"storage","message":"x"}')).toBe(
      'event: error\ndata: {"code":"storage","message":"x"}\n\n',
    )
  })

  test('the clean end (SSE-007)', () => {
    expect(doneEvent()).toBe('data: [DONE]\n\n')
  })

  test('line ends in a body stay inside the one data line (SSE-021)', () => {
    const body = new TextEncoder().encode('a\r\nb\u2028\ndata: x\n\n')
    const record = { seqNum: 0n, timestamp: 0n, headers: [], body }
    const text = batchEvent({ records: [record] }, 'raw', { seqNum: 0n, count: 1n, bytes: 8n })
    expect(text.match(/^data:/gm)).toHaveLength(1)
    expect(parse(text)).toStrictEqual([{ kind: 'batch', batch: { records: [record] }, id: '0,1,8' }])
  })
})

describe('what is read', () => {
  test.each<[string, string, (ReadSessionEvent | undefined)[]]>([
    ['a ping without tail', 'event: ping\ndata: {"timestamp":5}\n\n', [{ kind: 'ping', timestamp: 5n }]],
    [
      'a ping with a null tail',
      'event: ping\ndata: {"timestamp":5,"tail":null}\n\n',
      [{ kind: 'ping', timestamp: 5n }],
    ],
    [
      'a ping that has an id',
      'event: ping\nid: 1,1,8\ndata: {"timestamp":5}\n\n',
      [{ kind: 'ping', timestamp: 5n, id: '1,1,8' }],
    ],
    [
      'a batch without id',
      'event: batch\ndata: {"records":[]}\n\n',
      [{ kind: 'batch', batch: { records: [] } }],
    ],
    [
      'a batch in two data lines',
      'event: batch\ndata: {"records":\ndata: []}\n\n',
      [{ kind: 'batch', batch: { records: [] } }],
    ],
    ['an error that is no JSON', 'event: error\ndata: oops\n\n', [{ kind: 'error', data: 'oops' }]],
    ['the end', 'data: [DONE]\n\n', [{ kind: 'done' }]],
    ['the end with an id', 'id: 9\ndata: [DONE]\n\n', [{ kind: 'done', id: '9' }]],
    ['the end under a name', 'event: done\ndata: [DONE]\n\n', [undefined]],
    ['an event without name', 'data: {}\n\n', [undefined]],
    ['an unknown event', 'event: news\nid: 1\ndata: {}\n\n', [undefined]],
  ])('%s', (_name, text, events) => {
    expect(parse(text)).toStrictEqual(events)
  })

  test.each([
    ['a batch that is no JSON', 'event: batch\ndata: x\n\n'],
    ['a batch without records', 'event: batch\ndata: {}\n\n'],
    ['a ping without timestamp', 'event: ping\ndata: {}\n\n'],
    ['a ping with half a tail', 'event: ping\ndata: {"timestamp":1,"tail":{}}\n\n'],
  ])('%s is bad_json', (_name, text) => {
    expect(valueOrWireError(() => parse(text))).toMatchObject({ code: 'bad_json' })
  })

  test('whatever was written', () => {
    fc.assert(
      fc.property(readBatch({ content: utf8Bytes }), position, u64, (batch, tail, timestamp) => {
        const id = { seqNum: tail.seqNum, count: timestamp, bytes: timestamp }
        const text =
          batchEvent(batch, 'raw', id) + pingEvent(timestamp, tail) + errorEvent('{}') + doneEvent()
        expect(parse(text)).toStrictEqual([
          { kind: 'batch', batch, id: eventIdToText(id) },
          { kind: 'ping', timestamp, tail },
          { kind: 'error', data: '{}' },
          { kind: 'done' },
        ])
        expect(parseLastEventId(eventIdToText(id))).toStrictEqual(id)
      }),
    )
  })
})

describe('Last-Event-ID (SSE-011)', () => {
  test('three numbers', () => {
    expect(parseLastEventId('4,5,60')).toStrictEqual({ seqNum: 4n, count: 5n, bytes: 60n })
    expect(parseLastEventId(`${MAX_U64},0,0`)?.seqNum).toBe(MAX_U64)
  })

  test.each([
    'abc',
    '1',
    '1,2',
    '1,2,3,4',
    '-1,0,0',
    '',
    '1, 2, 3',
    ' 1,2,3',
    '1,,3',
    ',,',
    '1,2,3,',
    '+1,2,3',
    '0x1,2,3',
    '1.0,2,3',
    '1e3,2,3',
    '١,2,3',
    '18446744073709551616,0,0',
    `${'0'.repeat(100)},0,0`,
  ])('%j is none', (text) => {
    expect(parseLastEventId(text)).toBeUndefined()
  })
})
