import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestTarget, testContext, testTarget } from '../../conformance/testing/check-parts.ts'
import { encodeFrame } from '../../proto/frames.ts'
import { createServer, type ReferenceServer } from '../../reference-server/server.ts'
import { openMemoryStore } from '../../reference-server/store/memory.ts'
import { batch, bytes, record } from '../records.ts'
import type { Transport } from '../transport.ts'

let server: ReferenceServer
let target: TestTarget

beforeAll(async () => {
  server = await createServer({ data: { store: await openMemoryStore() } })
  target = testTarget(await server.start())
  const { context } = testContext(target)
  context.expect.ok(await context.account.createBasin(target.sharedBasin), 201)
})

afterAll(async () => {
  await target.close()
  await server.stop()
})

const TRANSPORTS: readonly Transport[] = ['json', 'base64', 'protobuf', 'sse', 's2s']

describe.each(TRANSPORTS)('over %s', (transport) => {
  test('what is appended is acknowledged, read and counted', async () => {
    const { context } = testContext(target, transport)
    const stream = await context.newStream()
    const sent = [record('a', { headers: [['name', 'värde']] }), record('')]
    const ack = context.expect.ok(await stream.append({ records: sent }))
    expect([ack.start.seqNum, ack.end.seqNum, ack.tail]).toEqual([0n, 2n, ack.end])
    const { records } = context.expect.ok(await stream.read({ seqNum: 0n, count: 2n }))
    context.expect.records(records, 0n, sent)
    expect(context.expect.ok(await stream.checkTail())).toEqual(ack.tail)
  })

  test('refusals are answers', async () => {
    const { context } = testContext(target, transport)
    const { expect: check, basin } = context
    const stream = await context.newStream()
    check.refused(await stream.append({ ...batch('a'), matchSeqNum: 2n ** 63n }), 412, {
      seq_num_mismatch: 0n,
    })
    check.refused(await stream.append({ records: [] }), 422, 'invalid')
    check.refused(await stream.read({ seqNum: 5n, count: 1n }), 416, { tail: { seqNum: 0n, timestamp: 0n } })
    check.refused(await basin.stream('absent', transport).append(batch('a')), 404, 'stream_not_found')
  })
})

describe.each(['sse', 's2s'] as const)('a read session over %s', (transport) => {
  test('delivers, follows and ends', async () => {
    const { context, recorder } = testContext(target, transport)
    const stream = await context.newStream()
    await stream.append(batch('a', 'b'))
    const session = await stream.openRead({ seqNum: 0n, count: 3n, wait: 10 })
    expect((await session.next()).kind).toBe('batch')
    const heartbeat = await session.next()
    expect(heartbeat).toMatchObject({ kind: 'heartbeat', tail: { seqNum: 2n } })
    await stream.append(batch('c'))
    expect((await session.rest()).map(({ kind }) => kind)).toEqual(['batch', 'end'])
    expect(recorder.transcript().lines.join('\n')).toMatch(
      transport === 'sse' ? 'data: [DONE]' : 'end of the session',
    )
  })

  test('a timeout fails and loses nothing', async () => {
    const { context } = testContext(target, transport)
    const stream = await context.newStream()
    const session = await stream.openRead({ seqNum: 0n })
    expect((await session.next()).kind).toBe('heartbeat')
    await expect(session.next(0.05)).rejects.toThrow('did not come within 0.05 s')
    await stream.append(batch('a'))
    expect((await session.records(1)).map(({ body }) => body)).toEqual([bytes('a')])
    session.cancel()
  })

  test('a refused session fails the check, or is an answer for who asks for one', async () => {
    const { context } = testContext(target, transport)
    const stream = await context.newStream()
    const query = { seqNum: 1n, count: 1n }
    await expect(stream.openRead(query)).rejects.toThrow('the session: expected status 200, actual 416')
    context.expect.refused(await stream.openReadAnswer(query), 416, { tail: { seqNum: 0n, timestamp: 0n } })
  })
})

describe.each([['2'], ['1.1']] as const)('an append session over HTTP/%s', (http) => {
  const contextFor = () =>
    testContext({ ...target, capabilities: new Set(http === '2' ? ['http2'] : []) }, 's2s')

  test('acknowledges while it is open, and ends cleanly', async () => {
    const { context } = contextFor()
    const session = await (await context.newStream()).openAppend()
    for (const from of [0n, 1n, 2n]) {
      await session.send(batch('a'))
      expect(context.expect.ok(await session.next()).start.seqNum).toBe(from)
    }
    await session.send(batch('b'))
    session.closeSending()
    expect((await session.next()).status).toBe(200)
    expect((await session.next()).status).toBe(0)
    expect((await session.next()).status).toBe(0)
  })

  test('a terminal frame is a refusal, and what follows it is seen', async () => {
    const { context } = contextFor()
    const session = await (await context.newStream()).openAppend()
    await session.sendBytes(encodeFrame({ payload: Uint8Array.of(0xff), compression: 'none' }))
    context.expect.refused(await session.next(), 400, 'bad_frame')
    expect((await session.next()).status).toBe(0)
  })
})

test('raw requests go out as they are', async () => {
  const { context, recorder } = testContext(target)
  const { status, value } = await context.basin.raw({ method: 'GET', path: '/streams?limit=1', http: '2' })
  expect([status, value]).toMatchObject([200, { has_more: expect.any(Boolean) }])
  const refused = await context.basin.raw({ method: 'GET', path: '/streams', without: ['s2-basin'] })
  context.expect.refused(refused, 400, 'bad_header')
  expect((await context.account.raw({ method: 'GET', path: '/health', prefix: '' })).status).toBe(200)
  expect(recorder.lastAsked).toBe(`GET ${target.connections.endpoints.label}/health`)
})

test('basins and streams are listed, configured and deleted', async () => {
  const { context } = testContext(target)
  const { account, expect: check } = context
  const basin = await context.newBasin({ create_stream_on_append: true })
  expect(check.ok(await account.getBasinConfig(basin.name)).create_stream_on_append).toBe(true)
  check.ok(await basin.stream('auto').append(batch('a')))
  expect(check.ok(await basin.listStreams()).streams.map(({ name }) => name)).toEqual(['auto'])
  const patch = { retention_policy: { age: 2n ** 40n } }
  expect(check.ok(await basin.reconfigureStream('auto', patch)).retention_policy).toEqual({ age: 2n ** 40n })
  check.ok(await basin.ensureStream('..x/ å'), 201)
  check.ok(await basin.deleteStream('..x/ å'), 202)
  check.ok(await account.ensureBasin(basin.name))
  check.ok(await account.deleteBasin(basin.name), 202)
  check.refused(await account.deleteBasin(context.newBasinName()), 404, 'basin_not_found')
})

test('eventually polls until there is something, and fails when nothing comes', async () => {
  const { context } = testContext(target)
  let attempts = 0
  expect(
    await context.eventually('the third attempt', 5, async () => (++attempts === 3 ? 'there' : undefined)),
  ).toBe('there')
  await expect(context.eventually('a miracle', 0.05, async () => undefined)).rejects.toThrow(
    'a miracle: expected within 0.05 s, actual not in that time',
  )
})

test.each([['2'], ['1.1']] as const)(
  'what is being sent when a session over HTTP/%s is cut does not hang',
  async (http) => {
    const { context } = testContext(
      { ...target, capabilities: new Set(http === '2' ? ['http2'] : []) },
      's2s',
    )
    const stream = await context.newStream()
    for (let round = 0; round < 20; round += 1) {
      const session = await stream.openAppend()
      const sending = Array.from({ length: 20 }, () => session.send(batch('x'.repeat(100_000))))
      session.cancel()
      await Promise.all(sending)
      await session.send(batch('late'))
    }
  },
)
