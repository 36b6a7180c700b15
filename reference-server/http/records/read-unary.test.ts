import { describe, expect, test } from 'vitest'
import { decodeReadBatch } from '../../../proto/messages.ts'
import type { ReadBatch } from '../../../proto/types.ts'
import { refuse } from '../../semantics/refusal.ts'
import { address, batch, heartbeat, reading, record, tail, url } from '../testing/samples.ts'
import { type Asked, testApp } from '../testing/test-app.ts'

describe('read', () => {
  test('hands on where to start and end, bounded', async () => {
    const app = testApp(reading(batch([4n])))
    const query =
      'seq_num=%2B4&clamp=true&count=5000&bytes=007&until=18446744073709551615&wait=4294967295&x=1&x=2'
    const answer = await app.ask({ url: `${url}?${query}` })
    expect(answer.status).toBe(200)
    expect(answer.body.toString()).toBe('{"records":[{"seq_num":4,"timestamp":7,"body":"4"}]}')
    expect(app.calls[0]?.args.slice(0, 3)).toEqual([
      address,
      { seqNum: 4n, clamp: true },
      { count: 1000n, bytes: 7n, until: 18_446_744_073_709_551_615n, wait: 60 },
    ])
  })

  test.each([
    'seq_num=-1',
    'seq_num=abc',
    'seq_num=',
    'seq_num=18446744073709551616',
    'seq_num=+1',
    'seq_num=0x1',
    'count=1.5',
    'clamp=1',
    'clamp=TRUE',
    'clamp=',
    'wait=-1',
    'wait=4294967296',
    'seq_num=1&seq_num=1',
    'tail_offset=1&tail%5Foffset=1',
    'bytes=%FF',
    'until=1e3',
  ])('refuses %s as bad_query', async (query) => {
    const app = testApp()
    expect(await app.ask({ url: `${url}?${query}` })).toMatchObject({
      status: 400,
      json: { code: 'bad_query' },
    })
    expect(app.calls).toEqual([])
  })

  test.each<[string, Partial<Asked>, number, string]>([
    [
      'the basin first',
      { url: '/v1/streams/%FF/records?clamp=1', headers: { 's2-basin': 'x' } },
      400,
      'bad_header',
    ],
    ['then the path', { url: '/v1/streams/%FF/records?clamp=1' }, 400, 'bad_path'],
    [
      'then the query',
      { url: `${url}?clamp=1`, headers: { 's2-encryption-key': 'k'.repeat(45) } },
      400,
      'bad_query',
    ],
    [
      'then the key',
      { headers: { 's2-encryption-key': 'k'.repeat(45), 's2-format': 'x' } },
      400,
      's2-encryption-key',
    ],
    [
      'then the format',
      { url: `${url}?seq_num=1&timestamp=1`, headers: { 's2-format': '' } },
      400,
      's2-format',
    ],
    [
      'then the last event, on SSE alone',
      {
        url: `${url}?seq_num=1&timestamp=1`,
        headers: { accept: 'text/event-stream', 'last-event-id': '1' },
      },
      400,
      'last-event-id',
    ],
    [
      'then the selectors',
      { url: `${url}?seq_num=1&timestamp=2&until=1`, headers: { 'last-event-id': '1' } },
      422,
      'at most one',
    ],
    ['then the order of times', { url: `${url}?timestamp=1&until=1` }, 422, 'below until'],
  ])('refuses %s', async (_what, asked, status, part) => {
    const app = testApp()
    const answer = await app.ask({ url, ...asked })
    expect(answer.status).toBe(status)
    expect(answer.body.toString()).toContain(part)
    expect(app.calls).toEqual([])
  })

  test.each([
    ['all that comes before the end', [batch([0n]), batch([1n])], [0n, 1n], undefined],
    ['all up to the tail', [batch([0n]), heartbeat(tail), batch([1n])], [0n], undefined],
    [
      'at the tail, the next batch',
      [heartbeat(tail), heartbeat(tail), batch([4n], tail), batch([5n])],
      [4n],
      tail,
    ],
    ['at the tail, nothing', [heartbeat(tail)], [], undefined],
  ] as const)('answers %s', async (_what, outputs, seqNums, known) => {
    const app = testApp(reading(...outputs))
    const answer = await app.ask({ url, headers: { accept: 'application/protobuf' } })
    const expected: ReadBatch = {
      records: seqNums.map((seqNum) => record(seqNum)),
      ...(known && { tail: known }),
    }
    expect(decodeReadBatch(answer.body)).toEqual(expected)
  })

  test('writes bytes in the format that was asked for', async () => {
    const app = testApp(
      reading({ kind: 'batch', records: [record(0n, Uint8Array.of(0xff, 0x41))], tail: undefined }),
    )
    const raw = await app.ask({ url })
    expect(raw.json).toMatchObject({ records: [{ body: '\ufffdA' }] })
    const base64 = await app.ask({ url, headers: { 's2-format': 'base64' } })
    expect(base64.json).toMatchObject({ records: [{ body: '/0E=' }] })
  })

  test('beyond the tail: 416 and the tail', async () => {
    const app = testApp({ openRead: async () => ({ refusal: 'unwritten', tail }) })
    const answer = await app.ask({ url, headers: { accept: 'application/protobuf' } })
    expect(answer).toMatchObject({ status: 416, headers: { 'content-type': 'application/json' } })
    expect(answer.body.toString()).toBe('{"tail":{"seq_num":5,"timestamp":9}}')
  })

  test('a refusal on the way is the answer', async () => {
    const refusal = refuse('unavailable', 'gone')
    const app = testApp(reading(batch([0n]), { kind: 'refused', refusal }))
    expect(await app.ask({ url })).toMatchObject({ status: 503, json: { code: 'unavailable' } })
  })
})
