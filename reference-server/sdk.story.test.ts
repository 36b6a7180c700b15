import {
  AppendInput,
  AppendRecord,
  type BasinConfig,
  BatchTransform,
  EncryptionKey,
  FencingTokenMismatchError,
  type Metric,
  meteredBytes,
  Producer,
  paginate,
  RangeNotSatisfiableError,
  type ReadSession,
  S2,
  type S2ClientOptions,
  S2Endpoints,
  S2Environment,
  S2Error,
  type S2Stream,
  SeqNumMismatchError,
} from '@s2-dev/streamstore'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { HOSTED } from './semantics/flavor.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'
import { SdkSurface } from './testing/sdk-surface.ts'

const surface = new SdkSurface()

let server: ReferenceServer | undefined
let url: string
let token = 'root-token-of-the-story'

/** On a server like the hosted one, in memory; `npm run clients` gives it one that runs apart and keeps its data on disk. */
beforeAll(async () => {
  const { S2_STORY_ENDPOINT, S2_STORY_TOKEN } = process.env
  if (S2_STORY_ENDPOINT !== undefined && S2_STORY_TOKEN !== undefined) {
    url = S2_STORY_ENDPOINT
    token = S2_STORY_TOKEN
    return
  }
  server = await createServer({
    data: { store: await openMemoryStore() },
    options: {
      auth: { rootToken: token },
      flavor: { ...HOSTED, limits: { ...HOSTED.limits, basinSetup: 0 } },
    },
  })
  url = await server.start()
})

afterAll(() => server?.stop())

const client = (options: Partial<S2ClientOptions> = {}) =>
  new S2({ accessToken: token, endpoints: { account: url, basin: url }, ...options })

let made = 0

async function newStream(
  options: Partial<S2ClientOptions> = {},
  config: BasinConfig = {},
): Promise<S2Stream> {
  const name = `sdk-basin-${++made}`
  await client().basins.create({ basin: name, config })
  const basin = client(options).basin(name)
  await basin.streams.create({ stream: 'a/stream of ours' })
  return basin.stream('a/stream of ours')
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

const text = (body: string) => AppendRecord.string({ body })
const texts = (...bodies: readonly string[]) => AppendInput.create(bodies.map(text))

describe('the official SDK manages', () => {
  test('basins', async () => {
    const { basins } = client()
    const created = await basins.create({ basin: 'sdk-managed', config: { createStreamOnAppend: true } })
    expect(created.name).toBe('sdk-managed')
    await expect(basins.create({ basin: 'sdk-managed' })).rejects.toMatchObject({
      status: 409,
      code: 'resource_already_exists',
    })
    const ensured = await basins.ensure({ basin: 'sdk-managed', config: { createStreamOnAppend: true } })
    expect(ensured.result).toBe('noop')
    const changed = await basins.reconfigure({
      basin: 'sdk-managed',
      defaultStreamConfig: { retentionPolicy: { ageSecs: 3600 } },
    })
    expect(changed.defaultStreamConfig?.retentionPolicy).toEqual({ ageSecs: 3600 })
    expect((await basins.getConfig({ basin: 'sdk-managed' })).createStreamOnAppend).toBe(true)
    const listed = await basins.list({ prefix: 'sdk-managed' })
    expect(listed.basins.map(({ name }) => name)).toEqual(['sdk-managed'])
    await basins.delete({ basin: 'sdk-managed' })
    await expect(basins.create({ basin: 'sdk-managed' })).rejects.toMatchObject({
      code: 'basin_deletion_pending',
    })
  })

  test('streams', async () => {
    await client().basins.create({ basin: 'sdk-streams' })
    const { streams } = client().basin('sdk-streams')
    await streams.create({ stream: 'one', config: { timestamping: { mode: 'arrival' } } })
    await streams.create({ stream: 'two' })
    expect((await streams.getConfig({ stream: 'one' })).timestamping).toEqual({
      mode: 'arrival',
      uncapped: false,
    })
    const names: string[] = []
    for await (const { name } of streams.listAll({ limit: 1 })) names.push(name)
    expect(names).toEqual(['one', 'two'])
    expect((await streams.ensure({ stream: 'three' })).result).toBe('created')
    const config = await streams.reconfigure({ stream: 'three', storageClass: 'standard' })
    expect(config.storageClass).toBe('standard')
    await streams.delete({ stream: 'three' })
    await expect(streams.getConfig({ stream: 'three' })).rejects.toBeInstanceOf(S2Error)
  })
})

describe('the official SDK appends and reads', () => {
  test('unary, text and bytes', async () => {
    const stream = await newStream()
    const bytes = Uint8Array.of(0, 255, 128)
    const ack = await stream.append(
      AppendInput.create([
        AppendRecord.string({ body: 'é', headers: [['k', 'v']] }),
        AppendRecord.bytes({ body: bytes }),
      ]),
    )
    expect(ack.start.seqNum).toBe(0)
    expect(ack.end.seqNum).toBe(2)
    const asText = await stream.read({ start: { from: { seqNum: 0 } } })
    expect(asText.records[0]).toMatchObject({ seqNum: 0, body: 'é', headers: [['k', 'v']] })
    const asBytes = await stream.read({ start: { from: { seqNum: 1 } } }, { as: 'bytes' })
    expect(asBytes.records[0]?.body).toEqual(bytes)
    expect((await stream.checkTail()).tail.seqNum).toBe(2)
  })

  test('the tail is not readable without waiting', async () => {
    const stream = await newStream()
    const refused = stream.read({ start: { from: { seqNum: 0 } } })
    await expect(refused).rejects.toBeInstanceOf(RangeNotSatisfiableError)
    await expect(refused).rejects.toMatchObject({ tail: { seqNum: 0 } })
  })

  test('conditions that do not hold are told with the actual value', async () => {
    const stream = await newStream()
    await stream.append(texts('a'))
    await expect(stream.append(AppendInput.create([text('b')], { matchSeqNum: 7 }))).rejects.toMatchObject({
      constructor: SeqNumMismatchError,
      expectedSeqNum: 1,
    })
    await stream.append(AppendInput.create([AppendRecord.fence('mine')]))
    await expect(
      stream.append(AppendInput.create([text('b')], { fencingToken: 'theirs' })),
    ).rejects.toMatchObject({ constructor: FencingTokenMismatchError, expectedFencingToken: 'mine' })
    await stream.append(AppendInput.create([text('b')], { fencingToken: 'mine', matchSeqNum: 2 }))
    expect((await stream.checkTail()).tail.seqNum).toBe(3)
  })

  test('a trim command takes records away', async () => {
    const stream = await newStream()
    await stream.append(texts('a', 'b', 'c'))
    await stream.append(AppendInput.create([AppendRecord.trim(2)]))
    await expect
      .poll(async () => (await stream.read({ start: { from: { seqNum: 0 } } })).records[0]?.seqNum, {
        timeout: 10_000,
      })
      .toBe(2)
  })
})

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
      .basin(`sdk-basin-${made}`)
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
      return client(options).basin(`sdk-basin-${made}`).stream('a/stream of ours', { forceTransport })
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

describe('the official SDK reads', () => {
  const timed = (body: string, timestamp: number) => AppendRecord.string({ body, timestamp })

  test('from where it is told, up to where it is told', async () => {
    const stream = await newStream()
    await stream.append(AppendInput.create(['a', 'b', 'c', 'd'].map((body, i) => timed(body, 1000 + 10 * i))))
    const bodies = async (input: Parameters<S2Stream['read']>[0]): Promise<string> =>
      (await stream.read(input)).records.map(({ body }) => body).join('')
    expect(await bodies({ start: { from: { timestamp: 1010 } } })).toBe('bcd')
    expect(await bodies({ start: { from: { timestamp: new Date(1011) } } })).toBe('cd')
    expect(await bodies({ start: { from: { tailOffset: 1 } } })).toBe('d')
    const all = { from: { seqNum: 0 } }
    expect(await bodies({ start: all, stop: { limits: { count: 2 } } })).toBe('ab')
    expect(await bodies({ start: all, stop: { limits: { bytes: 27 } } })).toBe('abc')
    expect(await bodies({ start: all, stop: { untilTimestamp: new Date(1020) } })).toBe('ab')
    const beyond = { from: { seqNum: 99 }, clamp: true }
    expect(await bodies({ start: beyond, stop: { waitSecs: 1 } })).toBe('')
    await expect(stream.read({ start: beyond })).rejects.toBeInstanceOf(RangeNotSatisfiableError)
  })

  test('bytes, headers and commands as they were written', async () => {
    const stream = await newStream()
    const record = AppendRecord.bytes({
      body: Uint8Array.of(0, 200),
      headers: [[Uint8Array.of(255), 'value']],
      timestamp: 1234,
    })
    await stream.append(AppendInput.create([record, AppendRecord.fence('token')]))
    const { records } = await stream.read({ start: { from: { seqNum: 0 } } }, { as: 'bytes' })
    const [first] = records
    if (first === undefined) throw new Error('nothing came')
    expect([...first.body]).toEqual([0, 200])
    expect(first.headers).toEqual([[Uint8Array.of(255), new TextEncoder().encode('value')]])
    expect(first.timestamp).toEqual(new Date(1234))
    expect(meteredBytes(first)).toBe(record.meteredBytes)
    const some = await stream.read({ start: { from: { seqNum: 0 } }, ignoreCommandRecords: true })
    expect([records.length, some.records.length]).toEqual([2, 1])
  })
})

describe('the official SDK pages', () => {
  test('through basins, streams and whatever else', async () => {
    const names = ['sdk-page-1', 'sdk-page-2', 'sdk-page-3']
    const { basins } = client()
    for (const basin of names) await basins.create({ basin })
    const page = await basins.list({ prefix: 'sdk-page-', startAfter: 'sdk-page-1', limit: 1 })
    expect([page.basins.map(({ name }) => name), page.hasMore]).toEqual([['sdk-page-2'], true])
    const listed = await allOf(basins.listAll({ prefix: 'sdk-page-', limit: 1 }))
    expect(listed.map(({ name }) => name)).toEqual(names)
    expect(listed.every(({ createdAt, deletedAt }) => createdAt.getTime() > 0 && !deletedAt)).toBe(true)
    await basins.delete({ basin: 'sdk-page-2' })
    const left = await allOf(basins.listAll({ prefix: 'sdk-page-' }))
    expect(left.map(({ name }) => name)).toEqual(['sdk-page-1', 'sdk-page-3'])
    const { streams } = client().basin('sdk-page-1')
    for (const stream of ['a/1', 'a/2', 'b']) await streams.create({ stream })
    const some = await streams.list({ prefix: 'a/', startAfter: 'a/1' })
    expect([some.streams.map(({ name }) => name), some.hasMore]).toEqual([['a/2'], false])
    const fetched = paginate(
      async ({ startAfter = '' }: { startAfter?: string }) => {
        const { streams: items, hasMore } = await streams.list({ startAfter, limit: 1 })
        return { items, hasMore }
      },
      {},
      ({ name }) => name,
    )
    expect((await allOf(fetched)).map(({ name }) => name)).toEqual(['a/1', 'a/2', 'b'])
  })
})

describe('the official SDK creates streams on use', () => {
  const create = { createStreamOnAppend: true, createStreamOnRead: true }
  const streamConfig = { retentionPolicy: { ageSecs: 77 } }

  test.each(['fetch', 's2s'] as const)(
    'with a configuration of their own, over %s',
    async (forceTransport) => {
      await newStream({}, create)
      const basin = client().basin(`sdk-basin-${made}`)
      await basin.stream('unary').append(AppendInput.create([text('a')], { streamConfig }))
      const read = basin.stream('read').read({ start: { from: { seqNum: 0 } }, streamConfig })
      await expect(read).rejects.toBeInstanceOf(RangeNotSatisfiableError)
      const session = await basin.stream('session', { forceTransport }).appendSession({ streamConfig })
      await (await session.submit(texts('a'))).ack()
      await session.close()
      const stop = { limits: { count: 1 }, waitSecs: 1 }
      const reader = await basin.stream('reader', { forceTransport }).readSession({ stop, streamConfig })
      expect(await allOf(reader)).toEqual([])
      for (const stream of ['unary', 'read', 'session', 'reader']) {
        expect(await basin.streams.getConfig({ stream }), stream).toMatchObject(streamConfig)
      }
    },
  )
})

describe('the official SDK encrypts', () => {
  const ciphers = ['aegis-256', 'aes-256-gcm'] as const
  const key = Uint8Array.from({ length: 32 }, (_, index) => index)

  test.each(ciphers)('with %s, for those who have the key', async (streamCipher) => {
    const { name } = await newStream({}, { streamCipher })
    const basin = client().basin(`sdk-basin-${made}`)
    expect((await basin.streams.list()).streams[0]?.cipher).toBe(streamCipher)
    for (const forceTransport of ['fetch', 's2s'] as const) {
      const stream = basin.stream(name, { forceTransport, encryptionKey: EncryptionKey.from(key) })
      const session = await stream.appendSession()
      await (await session.submit(texts('secret'))).ack()
      await session.close()
      const [last] = (await stream.read({ start: { from: { tailOffset: 1 } } })).records
      expect(last?.body).toBe('secret')
      const follower = await stream.readSession({
        start: { from: { tailOffset: 1 } },
        stop: { limits: { count: 1 } },
      })
      expect((await allOf(follower)).map(({ body }) => body)).toEqual(['secret'])
      const other = stream.withEncryptionKey(new Uint8Array(32))
      await expect(other.read({ start: { from: { seqNum: 0 } } })).rejects.toMatchObject({
        code: 'decryption_failed',
      })
    }
    await expect(basin.stream(name).append(texts('in the clear'))).rejects.toBeInstanceOf(S2Error)
  })
})

describe('the official SDK manages access tokens', () => {
  test('which are issued, listed, bound to their scope, and revoked', async () => {
    const { accessTokens } = client()
    await newStream()
    const basin = `sdk-basin-${made}`
    const scope = {
      basins: { exact: basin },
      streams: { prefix: 'a/' },
      ops: ['read' as const, 'check-tail' as const],
    }
    const expiresAt = new Date(Date.now() + 3_600_000)
    for (const id of ['sdk/1', 'sdk/2']) await accessTokens.issue({ id, scope, expiresAt })
    const { accessToken } = await accessTokens.issue({ id: 'sdk/3', scope })
    const page = await accessTokens.list({ prefix: 'sdk/', limit: 1 })
    expect([page.accessTokens[0]?.id, page.hasMore]).toEqual(['sdk/1', true])
    expect(page.accessTokens[0]?.expiresAt).toEqual(expiresAt)
    const listed = await allOf(accessTokens.listAll({ prefix: 'sdk/', limit: 2 }))
    expect(listed.map(({ id }) => id)).toEqual(['sdk/1', 'sdk/2', 'sdk/3'])
    expect(listed[0]?.scope.ops?.toSorted()).toEqual(['check-tail', 'read'])

    const limited = client({ accessToken }).basin(basin)
    expect((await limited.stream('a/stream of ours').checkTail()).tail.seqNum).toBe(0)
    const denied = { status: 403, code: 'permission_denied' }
    await expect(limited.stream('a/stream of ours').append(texts('a'))).rejects.toMatchObject(denied)
    await expect(limited.stream('b').checkTail()).rejects.toMatchObject(denied)
    await expect(limited.streams.list()).rejects.toMatchObject(denied)
    for (const { id } of listed) await accessTokens.revoke({ id })
    await expect(limited.stream('a/stream of ours').checkTail()).rejects.toBeInstanceOf(S2Error)
    expect((await accessTokens.list({ prefix: 'sdk/' })).accessTokens).toEqual([])
  })

  test('that prefix the streams of their holder', async () => {
    await newStream()
    const basin = `sdk-basin-${made}`
    const { accessToken } = await client().accessTokens.issue({
      id: 'sdk-prefixing',
      scope: {
        basins: { exact: basin },
        streams: { prefix: 'tenant/' },
        opGroups: { stream: { read: true, write: true }, basin: { read: true, write: true } },
      },
      autoPrefixStreams: true,
    })
    const tenant = client({ accessToken }).basin(basin)
    await tenant.streams.create({ stream: 'mine' })
    await tenant.stream('mine').append(texts('a'))
    expect((await tenant.streams.list()).streams.map(({ name }) => name)).toEqual(['mine'])
    const all = (await client().basin(basin).streams.list()).streams.map(({ name }) => name)
    expect(all).toEqual(['a/stream of ours', 'tenant/mine'])
  })
})

describe('the official SDK asks for metrics', () => {
  test('of the account, a basin and a stream, and gets what was measured', async () => {
    const stream = await newStream()
    const basin = `sdk-basin-${made}`
    await stream.append(texts('x'.repeat(992)))
    await stream.read({ start: { from: { seqNum: 0 } } })
    const { metrics } = client()
    const window = { start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 60_000) }
    const active = await metrics.account({ set: 'active-basins', ...window })
    expect(active.values.flatMap((metric) => ('label' in metric ? metric.label.values : []))).toContain(basin)
    const appended = await metrics.basin({ basin, set: 'append-throughput', interval: 'minute', ...window })
    expect(appended.values.flatMap(valuesOf).reduce((sum, [, value]) => sum + value, 0)).toBe(1000)
    const stored = await metrics.stream({ basin, stream: stream.name, set: 'storage', ...window })
    expect(Math.max(...stored.values.flatMap(valuesOf).map(([, value]) => value))).toBe(1000)
    const backwards = { start: window.end, end: window.start }
    await expect(metrics.account({ set: 'account-ops', ...backwards })).rejects.toMatchObject({ status: 422 })
  })

  const valuesOf = (metric: Metric): readonly (readonly [Date, number])[] => {
    if ('accumulation' in metric) return metric.accumulation.values
    return 'gauge' in metric ? metric.gauge.values : []
  }
})

describe('the official SDK asks for locations', () => {
  test('which are listed and chosen', async () => {
    const { locations, basins } = client()
    const listed = await locations.list()
    const before = await locations.getDefault()
    expect(listed).toContainEqual(before)
    for (const { name } of listed) {
      expect((await locations.setDefault({ location: name })).name).toBe(name)
      expect((await locations.getDefault()).name).toBe(name)
    }
    await locations.setDefault({ location: before.name })
    expect((await basins.create({ basin: 'sdk-located', location: before.name })).location).toBe(before.name)
    expect((await basins.ensure({ basin: 'sdk-located', location: before.name })).result).toBe('noop')
    await expect(locations.setDefault({ location: 'nowhere' })).rejects.toMatchObject({
      status: 422,
      code: 'invalid',
    })
  })
})

describe('the official SDK finds the server', () => {
  test('by the environment', async () => {
    vi.stubEnv('S2_ACCOUNT_ENDPOINT', url)
    vi.stubEnv('S2_BASIN_ENDPOINT', url)
    vi.stubEnv('S2_ACCESS_TOKEN', token)
    const found = S2Environment.parse()
    vi.unstubAllEnvs()
    const { accessToken = '' } = found
    expect((await new S2({ ...found, accessToken }).basins.list({ limit: 1 })).basins.length).toBe(1)
  })

  test('by endpoints', () => {
    const endpoints = new S2Endpoints({ account: url, basin: url })
    expect([endpoints.accountBaseUrl(), endpoints.basinBaseUrl('any')]).toEqual([`${url}/v1`, `${url}/v1`])
  })
})

test('no call of the official SDK was left out', () => {
  expect(surface.missing()).toEqual([])
})
