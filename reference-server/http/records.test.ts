import { describe, expect, test } from 'vitest'
import { FrameDecoder } from '../../proto/frames.ts'
import { decodeAppendAck, decodeReadBatch, encodeAppendInput } from '../../proto/messages.ts'
import type { AppendInput, ReadBatch } from '../../proto/types.ts'
import type { Backend, ReadOutput } from '../backend/backend.ts'
import { refuse } from '../semantics/refusal.ts'
import { addressOf, batch as batchOf } from '../testing/test-backend.ts'
import { ack, ackJson, batch, delivered, heartbeat, record } from './testing/samples.ts'
import { type Answered, type Asked, testApp } from './testing/test-app.ts'

const url = '/v1/streams/a-stream/records'
const address = addressOf('basin-1-x', 'a-stream')
const tail = { seqNum: 5n, timestamp: 9n }

describe('append', () => {
  const append = async () => ack
  const json = { 'content-type': 'application/json' }
  const input: AppendInput = {
    records: [{ headers: [], body: Buffer.from('hi'), timestamp: 0n }],
    matchSeqNum: 0n,
    fencingToken: '',
  }

  test('takes JSON and answers JSON', async () => {
    const app = testApp({ append })
    const answer = await app.ask({ method: 'POST', url, body: { records: [{ body: 'hi' }] } })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(answer.body.toString()).toBe(ackJson)
    expect(app.calls).toEqual([{ operation: 'append', args: [address, batchOf(['hi']), 'none'] }])
  })

  test.each(['application/protobuf', 'application/X-Protobuf; v=1'])('takes %s', async (type) => {
    const app = testApp({ append })
    const body = encodeAppendInput(input)
    const headers = { 'content-type': type, 's2-format': 'nonsense' }
    expect(await app.ask({ method: 'POST', url, headers, body })).toMatchObject({ status: 200 })
    expect(app.calls[0]?.args[1]).toMatchObject({ matchSeqNum: 0n, fencingToken: '', size: 10n })
  })

  test.each([
    ['application/protobuf', 'application/protobuf'],
    ['application/x-protobuf, application/json', 'application/protobuf'],
    ['application/json;q=0.1, application/protobuf', 'application/json'],
    ['text/event-stream', 'application/json'],
    ['*/*', 'application/json'],
    ['nonsense', 'application/json'],
  ])('answers Accept %s in %s', async (accept, type) => {
    const app = testApp({ append })
    const answer = await app.ask({ method: 'POST', url, headers: { accept }, body: { records: [{}] } })
    expect(answer.headers['content-type']).toBe(type)
    if (type === 'application/protobuf') expect(decodeAppendAck(answer.body)).toEqual(ack)
    else expect(answer.body.toString()).toBe(ackJson)
  })

  test.each([
    ['raw', 'aGk=', 'aGk='],
    ['json', 'aGk=', 'aGk='],
    [' base64 ', 'aGk=', 'hi'],
    ['json-binsafe', 'aGk=', 'hi'],
  ])('takes text as the format %j says', async (format, written, stored) => {
    const app = testApp({ append })
    await app.ask({
      method: 'POST',
      url,
      headers: { 's2-format': format },
      body: { records: [{ body: written }] },
    })
    expect(app.calls[0]?.args[1]).toEqual(batchOf([stored]))
  })

  test.each<[string, Partial<Asked>, number, string]>([
    ['a missing basin', { headers: { 's2-basin': '' } }, 400, 'bad_header'],
    ['a wrong name', { url: '/v1/streams/%FF/records' }, 400, 'bad_path'],
    ['a wrong format', { headers: { ...json, 's2-format': 'hex' } }, 400, 'bad_header'],
    ['a format before the body', { headers: { ...json, 's2-format': 'RAW' }, body: '{' }, 400, 'bad_header'],
    ['a long key', { headers: { ...json, 's2-encryption-key': 'k'.repeat(45) } }, 400, 'bad_header'],
    ['no content type', { body: '{"records":[{}]}' }, 400, 'bad_json'],
    ['another content type', { headers: { 'content-type': 'application/octet-stream' } }, 400, 'bad_json'],
    ['a body cut short', { headers: json, body: '{"records":[{}]' }, 400, 'bad_json'],
    ['a body that is too long', { headers: json, body: ' '.repeat(2_097_153) }, 400, 'bad_json'],
    ['a key given twice', { headers: json, body: '{"records":[{}],"records":[{}]}' }, 400, 'bad_json'],
    ['a long token', { body: { records: [{}], fencing_token: 'é'.repeat(19) } }, 400, 'bad_json'],
    [
      'wrong base64',
      { headers: { ...json, 's2-format': 'base64' }, body: { records: [{ body: 'aGk' }] } },
      422,
      'invalid',
    ],
    ['no records', { body: { records: [] } }, 422, 'invalid'],
    ['too many records', { body: { records: Array(1001).fill({}) } }, 422, 'invalid'],
    ['an unknown command', { body: { records: [{ headers: [['', 'fly']] }] } }, 422, 'invalid'],
    [
      'no message',
      { headers: { 'content-type': 'application/protobuf' }, body: Uint8Array.of(255) },
      400,
      'bad_proto',
    ],
    [
      'a message that is too long',
      { headers: { 'content-type': 'application/protobuf' }, body: new Uint8Array(2_097_153) },
      400,
      'bad_proto',
    ],
    [
      'an empty message',
      { headers: { 'content-type': 'application/protobuf' }, body: new Uint8Array() },
      422,
      'invalid',
    ],
    [
      'a long token in a message',
      {
        headers: { 'content-type': 'application/protobuf' },
        body: encodeAppendInput({ ...input, fencingToken: 'x'.repeat(37) }),
      },
      422,
      'invalid',
    ],
  ])('refuses %s', async (_what, asked, status, code) => {
    const app = testApp()
    expect(await app.ask({ method: 'POST', url, ...asked })).toMatchObject({ status, json: { code } })
    expect(app.calls).toEqual([])
    expect(app.reported).toEqual([])
  })

  test.each([
    [
      { refusal: 'seq-num-mismatch', actual: 18_446_744_073_709_551_615n },
      '{"seq_num_mismatch":18446744073709551615}',
    ],
    [{ refusal: 'fencing-token-mismatch', actual: '' }, '{"fencing_token_mismatch":""}'],
  ] as const)('a condition that does not hold: 412 and the actual value', async (refusal, body) => {
    const app = testApp({ append: async () => refusal })
    const headers = { accept: 'application/protobuf' }
    const answer = await app.ask({ method: 'POST', url, headers, body: { records: [{}] } })
    expect(answer).toMatchObject({ status: 412, headers: { 'content-type': 'application/json' } })
    expect(answer.body.toString()).toBe(body)
  })

  test('a session is refused by its head alone', async () => {
    const app = testApp({ openAppendSession: async () => refuse('stream_not_found', 'no') })
    const headers = { 'content-type': 's2s/proto', accept: 'application/protobuf' }
    const answer = await app.ask({ method: 'POST', url, headers, body: 'no frame' })
    expect(answer).toMatchObject({ status: 404, json: { code: 'stream_not_found' } })
  })
})

const reading = (...outputs: readonly ReadOutput[]): Partial<Backend> => ({
  openRead: async () => delivered(...outputs),
})

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

describe('read as server-sent events', () => {
  const sse = { accept: 'Text/Event-Stream; x=y, application/json' }

  test('one event for each output, and the end', async () => {
    const app = testApp(reading(batch([3n, 4n]), heartbeat(tail), batch([5n], tail)))
    const answer = await app.ask({ url, headers: { ...sse, 'accept-encoding': 'gzip' } })
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    })
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.body.toString()).toBe(
      [
        'event: batch\nid: 4,2,18\n' +
          'data: {"records":[{"seq_num":3,"timestamp":7,"body":"3"},{"seq_num":4,"timestamp":7,"body":"4"}]}',
        'event: ping\ndata: {"timestamp":1700000000000,"tail":{"seq_num":5,"timestamp":9}}',
        'event: batch\nid: 5,3,27\n' +
          'data: {"records":[{"seq_num":5,"timestamp":7,"body":"5"}],"tail":{"seq_num":5,"timestamp":9}}',
        'data: [DONE]\n\n',
      ].join('\n\n'),
    )
  })

  test('an error ends it without the mark of a clean end', async () => {
    const app = testApp(reading(batch([3n]), { kind: 'refused', refusal: refuse('unavailable', 'gone') }))
    const text = (await app.ask({ url, headers: sse })).body.toString()
    expect(text.endsWith('\n\nevent: error\ndata: {"code":"unavailable","message":"gone"}\n\n')).toBe(true)
  })

  test.each([
    [
      '4,2,18',
      'count=5&bytes=20&seq_num=0&clamp=false',
      { seqNum: 5n, clamp: false },
      { count: 3n, bytes: 2n },
    ],
    ['4,9,99', 'count=5&bytes=20', { seqNum: 5n }, { count: 0n, bytes: 0n }],
    ['18446744073709551615,0,0', 'wait=3', { seqNum: 18_446_744_073_709_551_615n }, { wait: 3 }],
    ['4,0,0', 'timestamp=10&until=5', { seqNum: 5n }, { until: 5n }],
  ])('goes on after %s', async (id, query, start, end) => {
    const app = testApp(reading())
    const answer = await app.ask({ url: `${url}?${query}`, headers: { ...sse, 'last-event-id': id } })
    expect(answer.body.toString()).toBe('data: [DONE]\n\n')
    expect(app.calls[0]?.args.slice(1, 3)).toEqual([start, end])
  })

  test.each(['abc', '1', '1,2', '1,2,3,4', '-1,0,0', '', '1, 2, 3'])('refuses the id %j', async (id) => {
    const answer = await testApp().ask({ url, headers: { ...sse, 'last-event-id': id } })
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_header' } })
  })

  test('two selectors are refused all the same', async () => {
    const asked = { url: `${url}?seq_num=1&tail_offset=1`, headers: { ...sse, 'last-event-id': '1,1,1' } }
    expect(await testApp().ask(asked)).toMatchObject({ status: 422, json: { code: 'invalid' } })
  })

  test('HEAD has no body and ends', async () => {
    const answer = await testApp(reading(batch([3n]))).ask({ method: 'HEAD', url, headers: sse })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' } })
    expect(answer.body.length).toBe(0)
  })
})

describe('read in frames', () => {
  const s2s = { 'content-type': 's2s/proto', accept: 'text/event-stream', 's2-format': 'nonsense' }
  const framesOf = (answer: Answered) => [...new FrameDecoder().push(answer.body)]

  test('batches and heartbeats, then the end of the body', async () => {
    const app = testApp(reading(batch([3n]), heartbeat(tail), batch([4n], tail)))
    const answer = await app.ask({ url, headers: s2s })
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 's2s/proto' } })
    const batches = framesOf(answer).map((frame) => {
      if (frame.kind !== 'message') throw new Error('a terminal frame')
      expect(frame).toMatchObject({ compression: 'none', reconnectAdvised: false, reservedBits: 0 })
      return decodeReadBatch(frame.payload)
    })
    expect(batches).toEqual([
      { records: [record(3n)] },
      { records: [], tail },
      { records: [record(4n)], tail },
    ])
  })

  test.each([
    ['zstd;q=0, gzip', 'zstd'],
    ['GZIP', 'gzip'],
    ['br, *', 'none'],
  ])('large frames are compressed for %s by %s', async (accept, compression) => {
    const large: ReadOutput = { kind: 'batch', records: [record(0n, 'x'.repeat(2000))], tail: undefined }
    const answer = await testApp(reading(large, heartbeat(tail))).ask({
      url,
      headers: { ...s2s, 'accept-encoding': accept },
    })
    expect(framesOf(answer)).toMatchObject([{ compression }, { compression: 'none' }])
    expect(answer.headers).not.toHaveProperty('content-encoding')
  })

  test('an error is a terminal frame', async () => {
    const answer = await testApp(reading({ kind: 'refused', refusal: refuse('unavailable', 'gone') })).ask({
      url,
      headers: s2s,
    })
    expect(framesOf(answer)).toEqual([
      { kind: 'terminal', status: 503, json: '{"code":"unavailable","message":"gone"}', flags: 0x80 },
    ])
  })

  test('a batch that does not fit into one frame travels in several', async () => {
    const headers = Array.from({ length: 131_071 }, () => ({
      name: Buffer.from('n'),
      value: Buffer.from('v'),
    }))
    const wide = [0n, 1n].map((seqNum) => ({ ...record(seqNum), headers }))
    const answer = await testApp(reading({ kind: 'batch', records: wide, tail })).ask({ url, headers: s2s })
    const sent = framesOf(answer).map((frame) => {
      if (frame.kind !== 'message') throw new Error('a terminal frame')
      return decodeReadBatch(frame.payload).records.map(({ seqNum }) => seqNum)
    })
    expect(sent).toEqual([[0n], [1n]])
  })

  test('a record that fits into no frame ends the session as bad_frame', async () => {
    const headers = Array.from({ length: 262_142 }, () => ({
      name: Buffer.from('n'),
      value: Buffer.from('v'),
    }))
    const wide = { ...record(20_000n), headers }
    const answer = await testApp(reading({ kind: 'batch', records: [wide], tail })).ask({ url, headers: s2s })
    expect(framesOf(answer)).toMatchObject([{ kind: 'terminal', status: 400 }])
  })

  test.each(['seq_num=1&timestamp=1', 'timestamp=1&until=1'])('%s is refused as a status', async (query) => {
    const answer = await testApp().ask({ url: `${url}?${query}`, headers: s2s })
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } })
  })
})

test('check tail answers JSON whatever is accepted', async () => {
  const app = testApp({ checkTail: async () => ({ tail: ack.tail }) })
  const answer = await app.ask({
    url: `${url}/tail?seq_num=x`,
    headers: { accept: 'application/protobuf', 's2-format': 'x', 's2-encryption-key': 'k'.repeat(50) },
  })
  expect(answer.status).toBe(200)
  expect(answer.body.toString()).toBe('{"tail":{"seq_num":18446744073709551615,"timestamp":6}}')
  expect(app.calls).toEqual([{ operation: 'checkTail', args: [address] }])
})
