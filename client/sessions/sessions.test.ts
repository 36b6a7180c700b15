import { afterEach, describe, expect, test } from 'vitest'
import { testContext, testTarget } from '../../conformance/testing/check-parts.ts'
import { encodeFrame, encodeTerminal } from '../../proto/frames.ts'
import { encodeReadBatch } from '../../proto/messages.ts'
import { ConformanceFailure } from '../failures.ts'
import { batch, bytes } from '../records.ts'
import type { StreamClient } from '../stream-client.ts'
import { type StubAnswer, startStub } from '../testing/stub-server.ts'
import type { Transport } from '../transport.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A stream on a server that answers everything alike, over HTTP/1.1. */
async function streamOf(transport: Transport, answer: StubAnswer): Promise<StreamClient> {
  const stub = await startStub(() => answer)
  const target = testTarget(stub.origin, { capabilities: [] })
  closers.push(
    () => target.close(),
    () => stub.close(),
  )
  return testContext(target, transport).context.basin.stream('s', transport)
}

const sse = (body: string): StubAnswer => ({ headers: { 'content-type': 'text/event-stream' }, body })
const frames = (...parts: readonly Uint8Array[]): StubAnswer => ({
  headers: { 'content-type': 's2s/proto' },
  body: Buffer.concat(parts),
})

describe('an SSE session', () => {
  test('knows batches, pings, the end, and passes over what it does not know', async () => {
    const stream = await streamOf(
      'sse',
      sse(
        'event: batch\nid: 0,1,9\ndata: {"records":[{"seq_num":0,"timestamp":1}]}\n\n' +
          'event: later\ndata: x\n\n: comment\n\n' +
          'event: ping\ndata: {"timestamp":5,"tail":{"seq_num":1,"timestamp":1}}\n\ndata: [DONE]\n\n',
      ),
    )
    const events = await (await stream.openRead({})).rest()
    expect(events.map(({ kind }) => kind)).toEqual(['batch', 'heartbeat', 'end'])
    expect(events[0]).toMatchObject({ id: '0,1,9' })
    expect(events[1]).toMatchObject({ tail: { seqNum: 1n, timestamp: 1n } })
  })

  test('an error event has the status of its code', async () => {
    const known = await streamOf(
      'sse',
      sse('event: error\ndata: {"code":"decryption_failed","message":"m"}\n\n'),
    )
    expect(await known.read({})).toMatchObject({ status: 400, error: { code: 'decryption_failed' } })
    const unknown = await streamOf('sse', sse('event: error\ndata: out of cheese\n\n'))
    expect(await unknown.read({})).toMatchObject({ status: 0, error: { json: undefined } })
  })

  test.each([
    ['that ends without [DONE]', 'event: ping\ndata: {"timestamp":5}\n\n', '[DONE] or an error event'],
    ['with a batch that is none', 'event: batch\ndata: {"records":1}\n\n', 'events of a read session'],
  ])('%s is a finding', async (_, body, allowed) => {
    const stream = await streamOf('sse', sse(body))
    await expect(stream.read({})).rejects.toThrow(allowed)
    await expect(stream.read({})).rejects.toThrow(ConformanceFailure)
  })
})

describe('an S2S session', () => {
  const message = (payload: Uint8Array): Uint8Array => encodeFrame({ payload, compression: 'none' })
  const heartbeat = message(encodeReadBatch({ records: [], tail: { seqNum: 3n, timestamp: 4n } }))

  test('knows batches, heartbeats, terminal frames and the end', async () => {
    const records = [{ seqNum: 2n, timestamp: 4n, headers: [], body: bytes('x') }]
    const stream = await streamOf('s2s', frames(message(encodeReadBatch({ records })), heartbeat))
    expect(await stream.read({})).toMatchObject({ status: 200, value: { records, tail: { seqNum: 3n } } })
    const broken = await streamOf(
      's2s',
      frames(heartbeat, encodeTerminal(503, '{"code":"unavailable","message":"m"}')),
    )
    const session = await broken.openRead({})
    expect((await session.rest()).map(({ kind }) => kind)).toEqual(['heartbeat', 'error'])
    expect(await session.next()).toEqual({ kind: 'end' })
    await expect(session.next()).rejects.toThrow('after the end of the session')
  })

  test.each([
    ['cut inside a frame', heartbeat.subarray(0, 5)],
    ['with a message that is none', message(Uint8Array.of(0xff))],
    ['with undefined compression', Uint8Array.of(0, 0, 1, 0x60)],
  ])('%s is a finding', async (_, bytes) => {
    const stream = await streamOf('s2s', frames(bytes))
    await expect(stream.read({})).rejects.toThrow(ConformanceFailure)
  })

  test('records that do not come are counted', async () => {
    const stream = await streamOf('s2s', frames(heartbeat))
    await expect((await stream.openRead({})).records(2)).rejects.toThrow(
      'expected 2 of them, actual 0, then the end',
    )
  })

  test.each([
    ['no frame', frames(), 'its end without a frame'],
    ['two frames', frames(encodeTerminal(422, '{}'), encodeTerminal(422, '{}')), '2 frames'],
  ])('an append that is answered by %s is a finding', async (_, answer, came) => {
    const stream = await streamOf('s2s', answer)
    await expect(stream.append(batch('a'))).rejects.toThrow(came)
  })
})

describe('a success that cannot be read is a finding', () => {
  test.each([
    ['json', { body: '{"start":{}}' }],
    ['json', { body: '' }],
    ['protobuf', { headers: { 'content-type': 'application/protobuf' }, body: Uint8Array.of(0xff) }],
    ['s2s', { status: 201 }],
  ] as const)('over %s: %o', async (transport, answer) => {
    const stream = await streamOf(transport, answer)
    await expect(stream.append(batch('a'))).rejects.toThrow(ConformanceFailure)
  })
})

test('a refusal without a JSON body is an answer all the same', async () => {
  const stream = await streamOf('json', { status: 502, body: '<html>bad gateway</html>' })
  expect(await stream.append(batch('a'))).toMatchObject({ status: 502, error: { json: undefined } })
})
