import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { Compression } from '../../../proto/compression.ts'
import { encodeFrame, encodeTerminal } from '../../../proto/frames.ts'
import { decodeAppendAck, encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendAck } from '../../../proto/types.ts'
import type { AppendSession, Backend, ReadOutput } from '../../backend/backend.ts'
import type { Batch } from '../../semantics/batch/batch.ts'
import type { Refusal } from '../../semantics/refusal.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import { type Duplex, type OpenDuplex, overHttp1, overHttp2 } from '../testing/duplex.ts'
import { fakeBackend } from '../testing/fake-backend.ts'
import { batch, delivered, record } from '../testing/samples.ts'
import { wire } from '../wire.ts'

const path = '/v1/streams/a-stream/records'
const headers = { 's2-basin': 'basin-1-x', 'content-type': 's2s/proto' }

type Reply = AppendAck | Refusal | undefined

/** A session whose appends stay open until the test answers them. */
class FakeSession implements AppendSession {
  readonly batches: Batch[] = []
  readonly #replies: ((reply: Reply) => void)[] = []

  submit(batch: Batch): Promise<Reply> {
    this.batches.push(batch)
    const { promise, resolve } = Promise.withResolvers<Reply>()
    this.#replies.push(resolve)
    return promise
  }

  answer(index: number, reply: Reply = ackOf(index)): void {
    this.#replies[index]?.(reply)
  }
}

function ackOf(index: number): AppendAck {
  const seqNum = BigInt(index)
  const end = { seqNum: seqNum + 1n, timestamp: 1n }
  return { start: { seqNum, timestamp: 1n }, end, tail: end }
}

const opened: Duplex[] = []
const servers: ReferenceServer[] = []

afterEach(async () => {
  for (const duplex of opened.splice(0)) duplex.destroy()
  for (const server of servers.splice(0)) await server.stop()
})

async function serve(answers: Partial<Backend>): Promise<string> {
  const { backend } = fakeBackend(answers)
  const server = await createServer({
    data: { backend },
    report: (error) => expect.unreachable(String(error)),
  })
  servers.push(server)
  return server.start()
}

async function open(
  openDuplex: OpenDuplex,
  answers: Partial<Backend>,
  method: 'GET' | 'POST',
): Promise<Duplex> {
  const duplex = openDuplex(await serve(answers), method, path, headers)
  opened.push(duplex)
  if (method === 'GET') duplex.end()
  expect(await duplex.status).toBe(200)
  return duplex
}

async function openAppend(openDuplex: OpenDuplex): Promise<{ session: FakeSession; client: Duplex }> {
  const session = new FakeSession()
  const client = await open(openDuplex, { openAppendSession: async () => session }, 'POST')
  return { session, client }
}

function inputFrame(body: string, compression: Compression = 'none', matchSeqNum?: bigint): Uint8Array {
  const records = [{ headers: [], body: Buffer.from(body) }]
  const message = encodeAppendInput(matchSeqNum === undefined ? { records } : { records, matchSeqNum })
  return encodeFrame({ payload: COMPRESS[compression](message), compression })
}

/** Below the size from which we would compress ourselves. */
const COMPRESS = { none: (bytes: Uint8Array) => bytes, gzip: gzipSync, zstd: zstdCompressSync }

const GARBAGE = Uint8Array.of(0, 0, 0)

/** The frames as start numbers of acks, or status and body of a terminal frame. */
const told = ({ frames }: Duplex): readonly (bigint | string)[] =>
  frames.map((frame) =>
    frame.kind === 'terminal'
      ? `${frame.status} ${frame.json.replace(/,"message".*/, '')}`
      : decodeAppendAck(frame.payload).start.seqNum,
  )

const bodies = ({ batches }: FakeSession): readonly string[] =>
  batches.flatMap(({ records }) => records.map(({ body }) => Buffer.from(body).toString()))

const TRANSPORTS = [
  ['HTTP/1.1 chunked', overHttp1],
  ['HTTP/2', overHttp2],
] as const

describe.each(TRANSPORTS)('an append session over %s', (_name, openDuplex) => {
  test('opens before there is any input, and ends cleanly with it', async () => {
    const { client } = await openAppend(openDuplex)
    client.end()
    await client.ended
    expect(client.frames).toEqual([])
  })

  test('acknowledges while the request is open', async () => {
    const { client, session } = await openAppend(openDuplex)
    client.send(inputFrame('a'))
    await expect.poll(() => bodies(session)).toEqual(['a'])
    session.answer(0)
    await expect.poll(() => told(client)).toEqual([0n])
    client.send(inputFrame('b'))
    await expect.poll(() => bodies(session)).toEqual(['a', 'b'])
    client.end()
    session.answer(1)
    await client.ended
    expect(told(client)).toEqual([0n, 1n])
  })

  test('takes inputs without waiting, and acknowledges them in their order', async () => {
    const { client, session } = await openAppend(openDuplex)
    client.send(Buffer.concat(['a', 'b', 'c'].map((body) => inputFrame(body))))
    await expect.poll(() => bodies(session)).toEqual(['a', 'b', 'c'])
    for (const index of [2, 1]) session.answer(index)
    client.end()
    session.answer(0)
    await client.ended
    expect(told(client)).toEqual([0n, 1n, 2n])
  })

  test('takes frames however they are cut and compressed', async () => {
    const { client, session } = await openAppend(openDuplex)
    const frames = [inputFrame('a'), inputFrame('b', 'gzip'), inputFrame('c', 'zstd')]
    for (const byte of Buffer.concat(frames)) client.send(Uint8Array.of(byte))
    await expect.poll(() => bodies(session)).toEqual(['a', 'b', 'c'])
  })

  test('tells of a wrong input after the acks before it', async () => {
    const { client, session } = await openAppend(openDuplex)
    client.send(Buffer.concat([inputFrame('a'), inputFrame('b'), GARBAGE, inputFrame('c')]))
    await expect.poll(() => bodies(session)).toEqual(['a', 'b'])
    session.answer(1)
    session.answer(0)
    await client.ended
    expect(told(client)).toEqual([0n, 1n, '400 {"code":"bad_frame"'])
    expect(bodies(session)).toEqual(['a', 'b'])
  })

  test('the first append that fails is the last thing it tells', async () => {
    const { client, session } = await openAppend(openDuplex)
    client.send(Buffer.concat([inputFrame('a', 'none', 7n), inputFrame('b'), GARBAGE]))
    await expect.poll(() => bodies(session)).toEqual(['a', 'b'])
    session.answer(1, undefined)
    session.answer(0, { refusal: 'seq-num-mismatch', actual: 3n })
    await client.ended
    expect(told(client)).toEqual(['412 {"seq_num_mismatch":3}'])
  })

  test('what comes after its end has no effect', async () => {
    const { client, session } = await openAppend(openDuplex)
    client.send(inputFrame('a'))
    await expect.poll(() => bodies(session)).toEqual(['a'])
    session.answer(0, { refusal: 'fencing-token-mismatch', actual: 'x' })
    await client.ended
    expect(told(client)).toEqual(['412 {"fencing_token_mismatch":"x"}'])
    for (let more = 0; more < 100; more++) client.send(inputFrame('x'.repeat(50_000)))
    client.end()
    expect(bodies(session)).toEqual(['a'])
  })

  const empty = encodeFrame({ payload: new Uint8Array(), compression: 'none' })
  const notCompressed = encodeFrame({ payload: Buffer.from('plain'), compression: 'zstd' })

  test.each([
    ['an empty batch', [empty], '422 {"code":"invalid"'],
    ['a length of 0', [GARBAGE], '400 {"code":"bad_frame"'],
    ['a length above the limit', [Uint8Array.of(0x20, 0, 1)], '400 {"code":"bad_frame"'],
    ['compression 3', [Uint8Array.of(0, 0, 1, 0x60)], '400 {"code":"bad_frame"'],
    ['what does not decompress', [notCompressed], '400 {"code":"bad_frame"'],
    ['no message', [Uint8Array.of(0, 0, 2, 0, 255)], '400 {"code":"bad_frame"'],
    ['a terminal frame', [encodeTerminal(400, '{}')], '400 {"code":"bad_frame"'],
    ['an end inside a frame', [inputFrame('a').subarray(0, 6)], '400 {"code":"bad_frame"'],
    ['an end inside a prefix', [Uint8Array.of(0)], '400 {"code":"bad_frame"'],
  ] as const)('refuses %s', async (_what, chunks, expected) => {
    const { client, session } = await openAppend(openDuplex)
    for (const chunk of chunks) client.send(chunk)
    client.end()
    await client.ended
    expect(told(client)).toEqual([expected])
    expect(session.batches).toEqual([])
  })

  test('reserved bits of a client mean nothing', async () => {
    const { client, session } = await openAppend(openDuplex)
    const frame = inputFrame('a')
    frame[3] = 0x1f
    client.send(frame)
    await expect.poll(() => bodies(session)).toEqual(['a'])
  })

  test('reads no further while too much is unacknowledged', async () => {
    const { client, session } = await openAppend(openDuplex)
    const large = inputFrame('x'.repeat(1_000_000))
    for (let sent = 0; sent < 30; sent++) client.send(large)
    client.end()
    await expect.poll(() => session.batches.length).toBe(8)
    for (let index = 0; index < 30; index++) {
      await expect.poll(() => session.batches.length).toBeGreaterThan(index)
      expect(session.batches.length).toBeLessThanOrEqual(index + 8)
      session.answer(index)
      await expect.poll(() => client.frames.length).toBe(index + 1)
    }
    await client.ended
  })
})

describe.each(TRANSPORTS)('a read session over %s', (_name, openDuplex) => {
  test('opens before there is anything to read', async () => {
    const openRead: Backend['openRead'] = async (_address, _start, _end, signal) => never(signal)
    const client = await open(openDuplex, { openRead }, 'GET')
    expect(client.frames).toEqual([])
  })

  test('ends its read when the client leaves', async () => {
    let signal: AbortSignal | undefined
    const openRead: Backend['openRead'] = async (_address, _start, _end, given) => {
      signal = given
      return never(given)
    }
    const client = await open(openDuplex, { openRead }, 'GET')
    expect(signal?.aborted).toBe(false)
    client.destroy()
    await expect.poll(() => signal?.aborted).toBe(true)
  })

  test('a client that does not read holds it up, and misses nothing', async () => {
    let pulled = 0
    const body = 'x'.repeat(100_000)
    async function* outputs(): AsyncGenerator<ReadOutput> {
      for (; pulled < 300; pulled++) {
        yield { kind: 'batch', records: [record(BigInt(pulled), body)], tail: undefined }
      }
    }
    const client = await open(openDuplex, { openRead: async () => outputs() }, 'GET')
    client.pause()
    let before = -1
    await expect
      .poll(
        () => {
          const stands = pulled === before
          before = pulled
          return stands
        },
        { interval: 200 },
      )
      .toBe(true)
    expect(pulled).toBeLessThan(290)
    client.resume()
    await client.ended
    expect(client.frames.length).toBe(300)
  })
})

describe.each(TRANSPORTS)('over %s', (_name, openDuplex) => {
  const broken = () => {
    throw new Error('broken')
  }

  test.each([
    ['POST', { encodeAppendAck: broken }],
    ['POST', { encodeTerminal: broken }],
    ['GET', { encodeTerminal: broken, encodeReadBatch: broken }],
  ] as const)(
    'a mistake of ours in a session cuts it, and nothing else: %s, %o',
    async (method, replaced) => {
      const faults: unknown[] = []
      const session = new FakeSession()
      const { backend } = fakeBackend({
        openAppendSession: async () => session,
        openRead: async () => delivered(batch([0n])),
      })
      const report = (error: unknown) => faults.push(error)
      const server = await createServer({ data: { backend }, wire: { ...wire, ...replaced }, report })
      servers.push(server)
      const url = await server.start()
      const client = openDuplex(url, method, path, headers)
      opened.push(client)
      if (method === 'POST') {
        client.send(Buffer.concat([inputFrame('a'), GARBAGE]))
        await expect.poll(() => session.batches.length).toBe(1)
        session.answer(0)
      } else client.end()
      await expect(client.ended).rejects.toThrow()
      expect(faults).not.toEqual([])
      expect((await fetch(`${url}/health`)).status).toBe(200)
    },
  )
})

/** A read that stands at the tail for ever. */
async function* never(signal: AbortSignal): AsyncGenerator<ReadOutput> {
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve())
  await promise
}
