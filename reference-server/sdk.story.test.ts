import {
  AppendInput,
  AppendRecord,
  BatchTransform,
  FencingTokenMismatchError,
  Producer,
  RangeNotSatisfiableError,
  S2,
  type S2ClientOptions,
  S2Error,
  type S2Stream,
  SeqNumMismatchError,
} from '@s2-dev/streamstore'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'

let server: ReferenceServer
let url: string

beforeAll(async () => {
  server = await createServer({ data: { store: await openMemoryStore() } })
  url = await server.start()
})

afterAll(() => server.stop())

const client = (options: Partial<S2ClientOptions> = {}) =>
  new S2({ accessToken: 'ignored', endpoints: { account: url, basin: url }, ...options })

let made = 0

async function newStream(options: Partial<S2ClientOptions> = {}): Promise<S2Stream> {
  const name = `sdk-basin-${++made}`
  await client().basins.create({ basin: name })
  const basin = client(options).basin(name)
  await basin.streams.create({ stream: 'a/stream of ours' })
  return basin.stream('a/stream of ours')
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
