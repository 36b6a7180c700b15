import {
  AppendInput,
  AppendRecord,
  BatchTransform,
  Producer,
  type ReadSession,
  type S2ClientOptions,
  type S2Stream,
  SeqNumMismatchError,
} from '@s2-dev/streamstore'
import { describe, expect, test } from 'vitest'
import { allOf, tellSdkStory, text, texts } from './testing/sdk-story.ts'

const story = tellSdkStory('sessions')
const { client, newStream, basinName } = story

const SESSIONS: readonly (readonly [string, 'fetch' | 's2s', S2ClientOptions['compression']])[] = [
  ['over fetch and SSE', 'fetch', 'none'],
  ['over S2S', 's2s', 'none'],
  ['over S2S with gzip', 's2s', 'gzip'],
  ['over S2S with zstd', 's2s', 'zstd'],
]

describe.each(SESSIONS)('the official SDK holds sessions %s', (_title, forceTransport, compression) => {
  async function sessionStream(): Promise<S2Stream> {
    const { name } = await newStream()
    return client(compression === undefined ? {} : { compression })
      .basin(basinName())
      .stream(name, { forceTransport })
  }

  test('many batches in flight are acknowledged in order', async () => {
    const stream = await sessionStream()
    const session = await stream.appendSession()
    const tickets = []
    for (let batch = 0; batch < 50; batch++) {
      tickets.push(await session.submit(texts(`${batch}`, 'x'.repeat(2000))))
    }
    const acks = await Promise.all(tickets.map((ticket) => ticket.ack()))
    expect(acks.map(({ start }) => start.seqNum)).toEqual(acks.map((_, batch) => 2 * batch))
    await session.close()
    expect((await stream.checkTail()).tail.seqNum).toBe(100)
  })

  test('a failed condition ends the session', async () => {
    const stream = await sessionStream()
    const session = await stream.appendSession()
    const ticket = await session.submit(AppendInput.create([text('a')], { matchSeqNum: 9 }))
    await expect(ticket.ack()).rejects.toMatchObject({ expectedSeqNum: 0 })
    await session.close().catch(() => {})
  })

  test('a reader catches up and then follows the tail', async () => {
    const stream = await sessionStream()
    await stream.append(texts('before'))
    const session = await stream.readSession({ start: { from: { seqNum: 0 } } })
    const reader = session.getReader()
    expect((await reader.read()).value).toMatchObject({ seqNum: 0, body: 'before' })
    await stream.append(texts('after'))
    expect((await reader.read()).value).toMatchObject({ seqNum: 1, body: 'after' })
    await reader.cancel()
  })

  test('a bounded reader ends', async () => {
    const stream = await sessionStream()
    await stream.append(AppendInput.create(Array.from({ length: 1000 }, (_, i) => text(`${i}`))))
    const session = await stream.readSession({
      start: { from: { seqNum: 10 } },
      stop: { limits: { count: 300 } },
    })
    const bodies: string[] = []
    for await (const { body } of session) bodies.push(body)
    expect(bodies).toEqual(Array.from({ length: 300 }, (_, i) => `${i + 10}`))
  })

  test('a producer gathers records into batches', async () => {
    const stream = await sessionStream()
    const producer = new Producer(
      new BatchTransform({ lingerDurationMillis: 1 }),
      await stream.appendSession(),
    )
    const tickets = await Promise.all(Array.from({ length: 200 }, (_, i) => producer.submit(text(`${i}`))))
    const acks = await Promise.all(tickets.map((ticket) => ticket.ack()))
    expect(acks.map((ack) => ack.seqNum())).toEqual(Array.from({ length: 200 }, (_, i) => i))
    await producer.close()
  })
})

describe.each(SESSIONS)(
  'the official SDK knows where its sessions stand %s',
  (_title, forceTransport, compression) => {
    const sessionStream = async (): Promise<S2Stream> => {
      await newStream()
      const options = compression === undefined ? {} : { compression }
      return client(options).basin(basinName()).stream('a/stream of ours', { forceTransport })
    }

    test('an append session tells what was acknowledged and why it failed', async () => {
      const stream = await sessionStream()
      const session = await stream.appendSession({ maxInflightBatches: 4, maxInflightBytes: 1 << 20 })
      const acked: number[] = []
      const following = (async () => {
        for await (const { end } of session.acks()) acked.push(end.seqNum)
      })().catch(() => {})
      await session.submit(texts('a', 'b'))
      await (await session.submit(texts('c'))).ack()
      expect(session.lastAckedPosition()?.end.seqNum).toBe(3)
      expect(session.failureCause()).toBeUndefined()
      const ticket = await session.submit(AppendInput.create([text('d')], { matchSeqNum: 0 }))
      await expect(ticket.ack()).rejects.toBeInstanceOf(SeqNumMismatchError)
      expect(session.failureCause()).toMatchObject({ expectedSeqNum: 3 })
      await session.close().catch(() => {})
      await following
      expect(acked).toEqual([2, 3])
    })

    test('an append session is a sink of batches and a source of acknowledgements', async () => {
      const stream = await sessionStream()
      const session = await stream.appendSession()
      const writer = session.writable.getWriter()
      const reader = session.readable.getReader()
      await writer.write(texts('a'))
      await writer.write(texts('b', 'c'))
      expect((await reader.read()).value?.end.seqNum).toBe(1)
      expect((await reader.read()).value?.end.seqNum).toBe(3)
      await writer.close()
      expect((await reader.read()).done).toBe(true)
    })

    test('a read session tells that it has caught up, with what, and where it goes on', async () => {
      const stream = await sessionStream()
      await stream.append(texts('a', 'b'))
      const session: ReadSession<'bytes'> = await stream.readSession(
        { start: { from: { seqNum: 0 } } },
        { as: 'bytes' },
      )
      const reader = session.getReader()
      expect((await reader.read()).value?.body).toEqual(Uint8Array.of(97))
      expect(session.isCaughtUp()).toBe(false)
      expect((await reader.read()).value?.seqNum).toBe(1)
      const waiting = reader.read()
      expect((await session.caughtUp()).seqNum).toBe(2)
      expect(session.isCaughtUp()).toBe(true)
      expect(session.lastObservedTail()?.seqNum).toBe(2)
      expect(session.nextReadPosition()?.seqNum).toBe(2)
      await stream.append(texts('c'))
      expect((await waiting).value?.seqNum).toBe(2)
      await reader.cancel()
    })

    test('a session that waits ends when its time is over', async () => {
      const stream = await sessionStream()
      await stream.append(texts('a'))
      const session = await stream.readSession({
        start: { from: { tailOffset: 1 } },
        stop: { limits: { count: 10, bytes: 1000 }, waitSecs: 1 },
      })
      expect((await allOf(session)).map(({ body }) => body)).toEqual(['a'])
    })

    test('sessions are given up', async () => {
      const stream = await sessionStream()
      {
        await using session = await stream.appendSession()
        await (await session.submit(texts('a'))).ack()
      }
      const controller = new AbortController()
      const session = await stream.readSession(
        { start: { from: { seqNum: 0 } } },
        { signal: controller.signal },
      )
      const reader = session.getReader()
      await reader.read()
      const waiting = reader.read()
      controller.abort()
      // Over S2S the SDK takes it for the end, over SSE for an error.
      await waiting.catch(() => {})
      await stream.close()
      await expect(stream.readSession()).rejects.toThrow('closed')
    })

    test('a producer flushes, keeps to its conditions, and fails whole', async () => {
      const stream = await sessionStream()
      await stream.append(AppendInput.create([AppendRecord.fence('mine')]))
      const batches = new BatchTransform({
        lingerDurationMillis: 60_000,
        maxBatchRecords: 100,
        maxBatchBytes: 10_000,
        fencingToken: 'mine',
        matchSeqNum: 1,
      })
      const producer = new Producer(batches, await stream.appendSession())
      const first = await producer.submit(text('a'))
      await producer.flush()
      const acked = await first.ack()
      expect([acked.seqNum(), acked.batchAppendAck().end.seqNum]).toEqual([1, 2])
      await stream.append(texts('from somebody else'))
      const second = await producer.submit(text('b'))
      batches.flush()
      await expect(second.ack()).rejects.toBeInstanceOf(SeqNumMismatchError)
      await producer.close().catch(() => {})
      expect((await stream.checkTail()).tail.seqNum).toBe(3)
    })
  },
)

test('no call of this part of the official SDK was left out', () => {
  expect(story.surface.missing()).toEqual([])
})
