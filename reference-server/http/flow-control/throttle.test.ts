import { connect } from 'node:http2'
import { Client } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { encodeFrame } from '../../../proto/frames.ts'
import { encodeAppendInput } from '../../../proto/messages.ts'
import type { AppendAck } from '../../../proto/types.ts'
import { LITE, type Limits } from '../../semantics/resources/flavor.ts'
import { createServer, type ReferenceServer } from '../../server.ts'
import { FakeClock, settle } from '../../testing/fake-clock.ts'
import { type Duplex, overHttp1, overHttp2 } from '../testing/duplex.ts'
import { fakeBackend } from '../testing/fake-backend.ts'
import { Buckets } from './buckets.ts'

const ACK: AppendAck = {
  start: { seqNum: 0n, timestamp: 0n },
  end: { seqNum: 1n, timestamp: 0n },
  tail: { seqNum: 1n, timestamp: 0n },
}
/** 8 bytes and those of the body. */
const json = (bytes: number) => JSON.stringify({ records: [{ body: 'x'.repeat(bytes - 8) }] })
const headers = { 's2-basin': 'basin-1-x', 'content-type': 'application/json' }

const left: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const leave of left.splice(0).reverse()) await leave()
})

/** A server that is held to these limits, on a clock that stands still. */
async function serve(limits: Partial<Limits>) {
  const appended: string[] = []
  const append = async ({ stream }: { readonly stream: string }) => {
    appended.push(stream)
    return ACK
  }
  const { backend } = fakeBackend({
    append,
    openAppendSession: async (address) => ({ submit: () => append(address) }),
  })
  const clock = new FakeClock()
  const server: ReferenceServer = await createServer({
    data: { backend },
    clock,
    options: { flavor: { ...LITE, limits: { ...LITE.limits, ...limits } } },
    report: (error) => expect.unreachable(String(error)),
  })
  left.push(() => server.stop())
  const url = await server.start()
  return { url, server, clock, appended, backend }
}

/** Unary appends on one connection of HTTP/1.1. */
function connection(url: string) {
  const client = new Client(url, { pipelining: 1 })
  left.push(() => client.close())
  return async (stream = 'a', bytes = 8) => {
    const path = `/v1/streams/${stream}/records`
    const answer = await client.request({ method: 'POST', path, headers, body: json(bytes) })
    const retryAfter = answer.headers['retry-after-ms']
    const { code } = (await answer.body.json()) as { readonly code?: string }
    return { status: answer.statusCode, ...(code && { code }), ...(retryAfter && { retryAfter }) }
  }
}

const OK = { status: 200 }
const limited = (retryAfter: string) => ({ status: 429, code: 'rate_limited', retryAfter })

describe('unary appends (CP-LIM-014, CP-LIM-015, APP-054)', () => {
  test('above so many batches a second are refused until the next is due, and nothing is appended', async () => {
    const { url, clock, appended } = await serve({ appendBatches: 2 })
    const append = connection(url)
    expect([await append(), await append()]).toEqual([OK, OK])
    expect([await append(), await append()]).toEqual([limited('500'), limited('500')])
    expect(appended).toEqual(['a', 'a'])
    await clock.advance(499)
    expect(await append()).toEqual(limited('1'))
    await clock.advance(1)
    expect([await append(), await append()]).toEqual([OK, limited('500')])
  })

  test('batches are counted for each stream and each connection', async () => {
    const { url, appended } = await serve({ appendBatches: 1 })
    const [one, other] = [connection(url), connection(url)]
    expect([await one('a'), await one('a')]).toEqual([OK, limited('1000')])
    expect([await one('b'), await other('a')]).toEqual([OK, OK])
    expect([await one('b'), await other('a')]).toEqual([limited('1000'), limited('1000')])
    expect(appended).toEqual(['a', 'b', 'a'])
  })

  test('requests of one HTTP/2 connection are counted together', async () => {
    const { url } = await serve({ appendBatches: 2 })
    const session = connect(url)
    left.push(() => session.close())
    const statuses: unknown[] = []
    for (let index = 0; index < 3; index++) {
      const stream = session.request({ ...headers, ':method': 'POST', ':path': '/v1/streams/a/records' })
      stream.end(json(8))
      stream.on('response', (head) => statuses.push(head[':status']))
      stream.resume()
    }
    await expect.poll(() => statuses).toHaveLength(3)
    expect(statuses.toSorted()).toEqual([200, 200, 429])
  })

  test('bytes are counted for each stream, whoever sends them', async () => {
    const { url, clock } = await serve({ appendBytes: 100 })
    const [one, other] = [connection(url), connection(url)]
    expect([await one('a', 60), await other('a', 60)]).toEqual([OK, limited('200')])
    expect(await other('b', 100)).toEqual(OK)
    expect(await one('a', 40)).toEqual(OK)
    await clock.advance(1000)
    expect([await one('a', 250), await one('a', 8)]).toEqual([OK, limited('1580')])
  })

  test('one that is refused for one rate counts for neither', async () => {
    const { url } = await serve({ appendBytes: 100, appendBatches: 2 })
    const append = connection(url)
    expect([await append('a', 60), await append('a', 60)]).toEqual([OK, limited('200')])
    expect([await append('a', 40), await append('a', 8)]).toEqual([OK, limited('500')])
  })

  test('invalid appends count nothing', async () => {
    const { url } = await serve({ appendBatches: 1 })
    const append = connection(url)
    expect([await append('a', 1_100_000), await append('a')]).toEqual([{ status: 422, code: 'invalid' }, OK])
  })

  test('s2-lite limits nothing', async () => {
    const { url, appended } = await serve({})
    const append = connection(url)
    for (let index = 0; index < 300; index++) expect(await append()).toEqual(OK)
    expect(appended).toHaveLength(300)
  })
})

describe.each([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('an append session over %s', (_name, openDuplex) => {
  const frame = encodeFrame({
    payload: encodeAppendInput({ records: [{ headers: [], body: new Uint8Array() }] }),
    compression: 'none',
  })

  function open(url: string): Duplex {
    const path = '/v1/streams/a/records'
    const client = openDuplex(url, 'POST', path, { ...headers, 'content-type': 's2s/proto' })
    left.push(() => client.destroy())
    return client
  }

  test('is slowed, and never refused', async () => {
    const { url, clock, appended } = await serve({ appendBatches: 2 })
    const client = open(url)
    client.send(Buffer.concat(Array.from({ length: 5 }, () => frame)))
    client.end()
    for (const count of [2, 3, 4, 5]) {
      await expect.poll(() => [appended.length, client.frames.length]).toEqual([count, count])
      if (count === 5) break
      await expect.poll(() => clock.pending).toBeGreaterThan(0)
      await clock.advance(499)
      await settle()
      expect(appended).toHaveLength(count)
      await clock.advance(1)
    }
    await client.ended
    expect(client.frames.every(({ kind }) => kind === 'message')).toBe(true)
  })

  test('that waits for its turn is left by the server that leaves', async () => {
    const { url, appended, backend } = await serve({ appendBatches: 1 })
    const client = open(url)
    client.send(Buffer.concat([frame, frame]))
    await expect.poll(() => client.frames).toHaveLength(1)
    backend.drain.end()
    await client.ended
    expect(client.frames.at(-1)).toMatchObject({ kind: 'terminal', status: 503 })
    expect(appended).toHaveLength(1)
  })

  test('whose client has left waits no longer', async () => {
    const { url, clock } = await serve({ appendBatches: 1 })
    const before = clock.pending
    const client = open(url)
    client.send(Buffer.concat([frame, frame]))
    await expect.poll(() => client.frames).toHaveLength(1)
    await settle()
    client.destroy()
    await expect.poll(() => clock.pending).toBe(before)
  })
})

test('buckets that are full again are forgotten when there are many', async () => {
  const buckets = new Buckets(10)
  for (let key = 0; key < 1023; key++) buckets.keep(`${key}`, buckets.ask(`${key}`, 1, 0n))
  expect(buckets.size).toBe(1023)
  buckets.keep('last', buckets.ask('last', 1, 1000n))
  expect(buckets.size).toBe(1)
  expect(buckets.ask('last', 10, 1000n).wait).toBe(100)
})
