import { describe, expect, test } from 'vitest'
import type { ExampleExchange, ExampleRequest } from '../capture/example.ts'
import { callFor } from './match-call.ts'

const json = { 's2-basin': 'my-basin', 'content-type': 'application/json' }

function exchange(request: Partial<ExampleRequest>, status = 200): ExampleExchange {
  const headers = { 's2-basin': 'my-basin' }
  const path = '/v1/streams/example-1/records'
  return {
    request: { method: 'GET', path, http: '1.1', headers, ...request },
    answer: { status, headers: {} },
  }
}

const append = (text: string, status = 200): ExampleExchange =>
  exchange({ method: 'POST', headers: json, body: { kind: 'text', text } }, status)

const read = (query: string, headers: Readonly<Record<string, string>> = {}): ExampleExchange =>
  exchange({
    path: `/v1/streams/example-1/records?${query}`,
    headers: { 's2-basin': 'my-basin', ...headers },
  })

const found = (one: ExampleExchange): unknown => {
  const call = callFor(one)
  return call && [call.operation.name, ...call.differences]
}

describe('finds by the request', () => {
  test.each([
    ['{"records":[{"body":"hello"}]}', ['append']],
    ['{"records":[{"body":"a"}]}', ['append', 'records: [{"body":"a"}]']],
    ['{"records":[{"body":"hello"}],"match_seq_num":3}', ['append-match-seq-num']],
    [
      '{"records":[{"body":"hello"}],"match_seq_num":18446744073709551615}',
      [
        'append-match-seq-num',
        'match_seq_num: 18446744073709551615',
        'integers above 2^53, which TypeScript does not take',
      ],
    ],
    [
      '{"records":[{"body":"hello"}],"fencing_token":"other"}',
      ['append-fencing-token', 'fencing_token: "other"'],
    ],
    ['{"records":[{"headers":[["","fence"]],"body":"writer-2"}]}', ['fence']],
    [
      '{"records":[{"headers":[["","trim"]],"body":"\\u0000"}]}',
      ['trim', 'records: [{"headers":[["","trim"]],"body":"\\u0000"}]'],
    ],
    ['{"records":[{"body":"hello","headers":[["kind","greeting"]],"timestamp":1000}]}', ['append-headers']],
  ])('%s', (text, expected) => expect(found(append(text))).toEqual(expected))

  test.each([
    ['seq_num=0&count=10', ['read']],
    ['count=10&seq_num=0', ['read']],
    ['seq_num=5', ['read', 'seq_num=5', 'no count']],
    ['seq_num=0&bytes=10', ['read-bytes', 'bytes=10']],
    ['tail_offset=1', ['read-tail-offset', 'tail_offset=1', 'no count']],
    ['seq_num=0&count=10&wait=5', ['read-wait']],
    ['seq_num=0&count=1&clamp=true&wait=1', ['read-clamp', 'seq_num=0', 'count=1']],
  ])('a read with %s', (query, expected) => expect(found(read(query))).toEqual(expected))

  test('a session of either transport, and one request', () => {
    expect(found(read('seq_num=0', { accept: 'text/event-stream' }))).toEqual(['follow'])
    expect(found(read('seq_num=0', { 'content-type': 's2s/proto' }))).toEqual(['follow'])
    expect(found(read('seq_num=0'))).toEqual(['read', 'no count'])
  })

  test('names that differ', () => {
    const path = '/v1/streams/example-2/records/tail'
    expect(found(exchange({ path, headers: { 's2-basin': 'example-1' } }))).toEqual([
      'check-tail',
      'basin example-1',
      'stream example-2',
    ])
  })

  test('paths that are no names', () => {
    expect(found(exchange({ path: '/v1/locations/default', headers: {} }))).toEqual(['get-default-location'])
  })
})

describe('finds none for', () => {
  test.each<[string, ExampleExchange]>([
    ['a refusal of a malformed body', append('{"records":[]}', 422)],
    ['a body that is no JSON', append('{"records"')],
    ['a header that clients do not send', read('seq_num=0', { 'last-event-id': '1,1,1' })],
    ['a parameter that appears twice', read('seq_num=0&seq_num=1')],
    ['a path of no operation', exchange({ path: '/v1/nowhere' })],
    ['a method of no operation', exchange({ method: 'PUT' })],
    [
      'a part of a body',
      exchange({ method: 'POST', headers: json, body: { kind: 'text', text: '{}', omittedBytes: 9 } }),
    ],
    ['no answer', { ...read('seq_num=0'), answer: { error: 'no answer' } }],
  ])('%s', (_, one) => expect(found(one)).toBeUndefined())
})
