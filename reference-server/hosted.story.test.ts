import dns from 'node:dns'
import { AppendInput, AppendRecord, S2, type S2Basin } from '@s2-dev/streamstore'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HOSTED, HOSTED_FREE_TIER, type Limits } from './semantics/resources/flavor.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'
import { FakeClock } from './testing/fake-clock.ts'

/*
 * The official SDK, told nothing but the endpoints, lives with a server that behaves as the hosted service: the basin in
 * the host name, basins that are not ready at once, limits. The server's clock moves only when a test says so.
 */

const DOMAIN = 'b.localhost'
let server: ReferenceServer
let clock: FakeClock
let url: string

beforeEach(() => {
  const { lookup } = dns
  // Names below localhost are this machine (RFC 6761), but not every resolver knows it.
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: never[]) =>
    Reflect.apply(lookup, dns, [name.endsWith('.localhost') ? 'localhost' : name, ...rest])) as typeof lookup)
})

afterEach(async () => {
  vi.restoreAllMocks()
  await server.stop()
})

async function serve(flavor: typeof HOSTED, limits: Partial<Limits> = {}): Promise<S2> {
  clock = new FakeClock()
  server = await createServer({
    data: { store: await openMemoryStore() },
    clock,
    options: { flavor: { ...flavor, limits: { ...flavor.limits, ...limits } }, basinDomain: DOMAIN },
  })
  url = await server.start()
  return new S2({
    accessToken: 'ignored',
    endpoints: { account: url, basin: `http://{basin}.${DOMAIN}:${new URL(url).port}` },
    retry: { maxAttempts: 1000, minBaseDelayMillis: 1, maxBaseDelayMillis: 5 },
  })
}

/** How many requests were answered with that status. */
async function answered(status: number): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  const lines = metrics.split('\n').filter((line) => line.includes(`status="${status}"`))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** Lets the SDK be refused some times before the clock moves on. */
async function rideOut<Result>(
  status: number,
  milliseconds: number,
  going: Promise<Result>,
): Promise<Result> {
  const before = await answered(status)
  await expect.poll(() => answered(status)).toBeGreaterThan(before + 2)
  await clock.advance(milliseconds)
  return await going
}

async function readyBasin(s2: S2, name: string): Promise<S2Basin> {
  await s2.basins.create({ basin: name })
  await clock.advance(1000)
  return s2.basin(name)
}

const text = (body: string) => AppendInput.create([AppendRecord.string({ body })])

describe('the official SDK on the hosted service', () => {
  test('finds the basin by its host name, in unary requests and in sessions', async () => {
    const s2 = await serve(HOSTED)
    const [one, other] = [await readyBasin(s2, 'host-basin-1'), await readyBasin(s2, 'host-basin-2')]
    await one.streams.create({ stream: 's' })
    const stream = one.stream('s')
    expect((await stream.append(text('unary'))).start.seqNum).toBe(0)
    const appends = await stream.appendSession()
    const ticket = await appends.submit(text('session'))
    expect((await ticket.ack()).start.seqNum).toBe(1)
    await appends.close()
    const reads = await stream.readSession({ start: { from: { seqNum: 0 } }, stop: { limits: { count: 2 } } })
    const bodies: unknown[] = []
    for await (const { body } of reads) bodies.push(body)
    expect(bodies).toEqual(['unary', 'session'])
    expect((await other.streams.list()).streams).toEqual([])
  })

  test('rides out a basin that is not ready yet', async () => {
    const s2 = await serve(HOSTED)
    await s2.basins.create({ basin: 'fresh-basin' })
    const going = s2.basin('fresh-basin').streams.create({ stream: 's' })
    expect((await rideOut(503, 1000, going)).name).toBe('s')
    expect((await s2.basin('fresh-basin').stream('s').append(text('a'))).end.seqNum).toBe(1)
  })

  test('rides out the limit of a stream, and appends nothing twice', async () => {
    // In bytes, which all connections share: how many of those `fetch` opens is its own affair.
    const s2 = await serve(HOSTED, { appendBytes: 20 })
    const basin = await readyBasin(s2, 'busy-basin')
    await basin.streams.create({ stream: 's' })
    const stream = basin.stream('s')
    await stream.append(text('1'))
    await stream.append(text('2'))
    const ack = await rideOut(429, 500, stream.append(text('3')))
    expect(ack.start.seqNum).toBe(2)
    expect((await stream.checkTail()).tail.seqNum).toBe(3)
  })

  test('is slowed in a session, and never refused', async () => {
    const s2 = await serve(HOSTED, { appendBatches: 2 })
    const basin = await readyBasin(s2, 'slow-basin')
    await basin.streams.create({ stream: 's' })
    const session = await basin.stream('s').appendSession()
    const tickets = await Promise.all(['1', '2', '3'].map((body) => session.submit(text(body))))
    const acks = tickets.map((ticket) => ticket.ack())
    await Promise.all(acks.slice(0, 2))
    await expect
      .poll(() =>
        basin
          .stream('s')
          .checkTail()
          .then(({ tail }) => tail.seqNum),
      )
      .toBe(2)
    await clock.advance(500)
    expect((await acks[2])?.end.seqNum).toBe(3)
    await session.close()
    expect(await answered(429)).toBe(0)
  })

  test('is told what an account may not have', async () => {
    const s2 = await serve(HOSTED_FREE_TIER, { basins: 1 })
    const infinite = { defaultStreamConfig: { retentionPolicy: { infinite: {} } } }
    await expect(s2.basins.create({ basin: 'free-basin-1', config: infinite })).rejects.toMatchObject({
      status: 422,
      code: 'invalid',
      message: expect.stringContaining('free tier'),
    })
    await readyBasin(s2, 'free-basin-1')
    await expect(s2.basins.create({ basin: 'free-basin-2' })).rejects.toMatchObject({
      status: 403,
      code: 'quota_exhausted',
    })
    const again = await s2.basins.ensure({ basin: 'free-basin-1' })
    expect(again.result).toBe('noop')
  })
})
