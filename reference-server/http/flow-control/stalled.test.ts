import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ReadOutput } from '../../backend/backend.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { fakeBackend } from '../testing/fake-backend.ts'
import {
  errorCodeOf,
  FLAG,
  frame,
  framesIn,
  literals,
  opening,
  statusOf,
  TYPE,
} from '../testing/http2-wire.ts'
import { connectRaw, type RawConnection } from '../testing/raw-connection.ts'
import { record } from '../testing/samples.ts'
import type { BoundsOptions } from './bounds.ts'
import { MemoryBudget } from './memory-budget.ts'

/*
 * Clients that take nothing of their answer, or send nothing more of their request. The records here have bodies that JSON
 * makes six times as large, so that no answer fits into what the system holds for a connection.
 */

const connections: RawConnection[] = []
const servers: ReferenceServer[] = []

/** The rooms of the server of this test. */
const rooms = new Set<MemoryBudget>()

beforeEach(() => {
  rooms.clear()
  const { open } = MemoryBudget.prototype
  vi.spyOn(MemoryBudget.prototype, 'open').mockImplementation(function (this: MemoryBudget, ...args) {
    rooms.add(this)
    return open.apply(this, args)
  })
})

/** Bytes that are held for clients. */
const held = (): number => [...rooms].reduce((sum, room) => sum + room.held, 0)

/** True if a session waits for room. */
const isCrowded = (): boolean => [...rooms].some((room) => !room.hasRoom(0))

afterEach(async () => {
  vi.restoreAllMocks()
  for (const { socket } of connections.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) await server.stop()
})

interface Started {
  readonly url: string
  readonly clock: FakeClock
  /** Batches that reads have delivered. */
  readonly read: () => number
}

async function serve(bounds: Partial<BoundsOptions> = {}): Promise<Started> {
  const clock = new FakeClock()
  let read = 0
  async function* endless(): AsyncGenerator<ReadOutput> {
    for (; ; read++)
      yield { kind: 'batch', records: [record(BigInt(read), '\u0001'.repeat(1_000_000))], tail: undefined }
  }
  async function* one(): AsyncGenerator<ReadOutput> {
    for await (const output of endless()) {
      yield output
      return
    }
  }
  const tail = { seqNum: 1n, timestamp: 1n }
  const { backend } = fakeBackend({
    openRead: async (_stream, _start, { wait }) => (wait === 0 ? one() : endless()),
    openAppendSession: async () => ({ submit: async () => ({ start: tail, end: tail, tail }) }),
  })
  const server = await createServer({
    data: { backend },
    clock,
    options: { bounds },
    report: (error) => expect.unreachable(String(error)),
  })
  servers.push(server)
  return { url: await server.start(), clock, read: () => read }
}

async function raw(url: string): Promise<RawConnection> {
  const connection = await connectRaw(url)
  connections.push(connection)
  return connection
}

const path = '/v1/streams/x/records'

interface Asked {
  readonly method?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks over HTTP/1.1 and takes nothing. */
async function deaf1(
  url: string,
  { method = 'GET', query = '', headers = {} }: Asked,
): Promise<RawConnection> {
  const connection = await raw(url)
  connection.socket.pause()
  const lines = Object.entries({ host: 'localhost', 's2-basin': 'basin-1-x', ...headers })
  connection.send(
    `${method} ${path}${query} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  return connection
}

/** Asks over HTTP/2 with no room for any answer. */
async function deaf2(
  url: string,
  { method = 'GET', query = '', headers = {} }: Asked,
): Promise<RawConnection> {
  const connection = await raw(url)
  const block = literals([
    [':method', method],
    [':scheme', 'http'],
    [':authority', 'localhost'],
    [':path', path + query],
    ['s2-basin', 'basin-1-x'],
    ...Object.entries(headers),
  ])
  const flags = FLAG.endHeaders | (method === 'GET' ? FLAG.endStream : 0)
  connection.send(Buffer.concat([opening(0), frame(TYPE.headers, flags, 1, block)]))
  return connection
}

const fates = ({ received }: RawConnection): readonly string[] =>
  framesIn(Buffer.from(received, 'latin1')).frames.flatMap((came) => {
    if (came.type === TYPE.headers) return [String(statusOf(came))]
    return came.type === TYPE.reset ? [`reset ${errorCodeOf(came)}`] : []
  })

const READS: readonly (readonly [string, Asked])[] = [
  ['S2S', { headers: { 'content-type': 's2s/proto' } }],
  ['SSE', { headers: { accept: 'text/event-stream' } }],
  ['unary', { query: '?wait=0' }],
]

describe('a reader that takes nothing for five minutes is given up', () => {
  test.each(READS)('%s over HTTP/1.1', async (_kind, asked) => {
    const { url, clock, read } = await serve()
    const reader = await deaf1(url, asked)
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(299_999)
    const before = read()
    expect(clock.pending).toBe(1)
    await clock.advance(1)
    expect(clock.pending).toBe(0)
    reader.socket.resume()
    await reader.closed
    expect(reader.received).toMatch(/^HTTP\/1\.1 200 /)
    expect(reader.received).not.toMatch(/\r\n0\r\n\r\n$/)
    expect(read()).toBe(before)
  })

  test.each(READS)('%s over HTTP/2', async (_kind, asked) => {
    const { url, clock } = await serve()
    const reader = await deaf2(url, asked)
    await expect.poll(() => fates(reader)).toEqual(['200'])
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(299_999)
    expect(fates(reader)).toEqual(['200'])
    await clock.advance(1)
    await expect.poll(() => fates(reader)).toEqual(['200', 'reset ENHANCE_YOUR_CALM'])
    // Its connection has no stream now.
    expect(clock.pending).toBe(1)
  })
})

describe('one that takes a little every now and then is not', () => {
  test('over HTTP/2', async () => {
    const { url, clock, read } = await serve()
    const reader = await deaf2(url, READS[0]?.[1] ?? {})
    await expect.poll(() => clock.pending).toBe(1)
    for (let turn = 1; turn <= 3; turn++) {
      await clock.advance(200_000)
      const window = Buffer.alloc(4)
      window.writeUInt32BE(1_100_000)
      reader.send(
        Buffer.concat([frame(TYPE.windowUpdate, 0, 0, window), frame(TYPE.windowUpdate, 0, 1, window)]),
      )
      await expect.poll(() => read()).toBeGreaterThanOrEqual(turn)
      await expect.poll(() => clock.pending).toBe(1)
    }
    expect(fates(reader)).toEqual(['200'])
  })
})

describe('under pressure, who has stood still for longest is given up sooner', () => {
  test.each(READS)('a reader, %s', async (_kind, asked) => {
    const { url, clock } = await serve({ unsent: 11 * 1_048_576 })
    const first = await deaf2(url, asked)
    await expect.poll(() => fates(first)).toEqual(['200'])
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(500)
    const second = await deaf2(url, asked)
    const third = await deaf2(url, asked)
    await expect.poll(isCrowded).toBe(true)
    await clock.advance(3_000)
    await expect.poll(() => fates(first)).toEqual(['200', 'reset ENHANCE_YOUR_CALM'])
    await expect.poll(() => [...fates(second), ...fates(third)]).toContain('200')
  })

  test('a body, which is told so: 408', async () => {
    const { url, clock } = await serve({ received: 1_500_000 })
    const half = Buffer.alloc(1_000_000, ' ')
    const start = async (): Promise<RawConnection> => {
      const connection = await raw(url)
      connection.send(
        'POST /v1/basins HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000100\r\n\r\n',
      )
      connection.send(half)
      return connection
    }
    const first = await start()
    await expect.poll(held).toBeGreaterThanOrEqual(1_000_000)
    expect(clock.pending).toBe(1)
    const second = await start()
    await expect.poll(isCrowded).toBe(true)
    expect(clock.pending).toBe(3)
    await clock.advance(3_000)
    await expect.poll(() => first.received).toMatch(/^HTTP\/1\.1 408 .*"request_timeout"/s)
    expect(second.received).toBe('')
    second.send(Buffer.alloc(100, ' '))
    await expect.poll(() => second.received).toMatch(/^HTTP\/1\.1 400 .*"bad_json"/s)
  })

  test('an unfinished frame, which is told so: 408 in a terminal frame', async () => {
    const { url, clock } = await serve({ received: 1_500_000 })
    const open = async (): Promise<RawConnection> => {
      const connection = await raw(url)
      connection.send(
        `POST ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\ncontent-type: s2s/proto\r\ncontent-length: 2000004\r\n\r\n`,
      )
      await expect.poll(() => connection.received).toMatch(/^HTTP\/1\.1 200 /)
      connection.send(Buffer.concat([Buffer.of(0x1e, 0x84, 0x81, 0), Buffer.alloc(1_000_000)]))
      return connection
    }
    const first = await open()
    await expect.poll(held).toBeGreaterThanOrEqual(1_000_000)
    await open()
    await expect.poll(isCrowded).toBe(true)
    expect(clock.pending).toBe(1)
    await clock.advance(3_000)
    await expect.poll(() => first.received).toContain('"code":"request_timeout"')
  })
})
