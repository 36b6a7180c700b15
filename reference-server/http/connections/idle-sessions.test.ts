import { describe, expect, test } from 'vitest'
import { FakeClock, settle } from '../../testing/fake-clock.ts'
import { createApp } from '../app.ts'
import { FLAG, frame, framesIn, opening, TYPE } from '../testing/http2-wire.ts'
import { get2, http2, raw, serve } from '../testing/listener.ts'
import type { RawConnection } from '../testing/raw-connection.ts'
import { testServices } from '../testing/test-app.ts'
import { IDLE_LIMIT_MS } from './timeouts.ts'

const typesOf = ({ received }: RawConnection): readonly number[] =>
  framesIn(Buffer.from(received, 'latin1')).frames.map(({ type }) => type)

describe('a connection of HTTP/2 without streams', () => {
  test('gets GOAWAY and is closed after 75 s, whatever else it sends', async () => {
    const clock = new FakeClock()
    const { url } = await serve({}, clock)
    const connection = await raw(url)
    connection.send(opening())
    await expect.poll(() => typesOf(connection)).toContain(TYPE.settings)
    await clock.advance(IDLE_LIMIT_MS - 1)
    connection.send(frame(TYPE.ping, 0, 0, new Uint8Array(8)))
    await expect.poll(() => typesOf(connection)).toContain(TYPE.ping)
    expect(typesOf(connection)).not.toContain(TYPE.goaway)
    await clock.advance(1)
    await connection.closed
    expect(typesOf(connection)).toContain(TYPE.goaway)
    expect(clock.pending).toBe(0)
  })

  test('that has sent the preface only, or part of a head, is closed too', async () => {
    const clock = new FakeClock()
    const { url } = await serve({}, clock)
    const silent = await raw(url)
    silent.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    const slow = await raw(url)
    slow.send(opening())
    slow.send(frame(TYPE.headers, FLAG.endStream, 1, Buffer.of(0x82)))
    await expect.poll(() => typesOf(silent)).toContain(TYPE.settings)
    await expect.poll(() => typesOf(slow)).toContain(TYPE.settings)
    await clock.advance(IDLE_LIMIT_MS)
    await Promise.all([silent.closed, slow.closed])
  })

  test('that has had a stream is closed 75 s after the last one', async () => {
    const clock = new FakeClock()
    const { url } = await serve({}, clock)
    const session = http2(url)
    expect(await get2(session, '/health')).toEqual([200, 'OK'])
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(IDLE_LIMIT_MS - 1)
    expect(await get2(session, '/health')).toEqual([200, 'OK'])
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(IDLE_LIMIT_MS - 1)
    await settle()
    expect(session.closed).toBe(false)
    await clock.advance(1)
    await expect.poll(() => session.closed).toBe(true)
  })
})

test('a connection of HTTP/2 with a stream stays', async () => {
  const clock = new FakeClock()
  const gate = Promise.withResolvers<{ tail: { seqNum: bigint; timestamp: bigint } }>()
  const { url } = await serve({ checkTail: () => gate.promise }, clock)
  const session = http2(url)
  const answer = get2(session, '/v1/streams/x/records/tail')
  await expect.poll(async () => (await get2(session, '/health'))[0]).toBe(200)
  await settle()
  await clock.advance(10 * IDLE_LIMIT_MS)
  gate.resolve({ tail: { seqNum: 1n, timestamp: 1n } })
  expect((await answer)[0]).toBe(200)
})

test('a head of HTTP/1.1 is refused at most a second after its limit', () => {
  const { server } = createApp(testServices({}).services, { loopbackOnly: true, cors: 'none' })
  expect(server.headersTimeout).toBe(60_000)
  // Node compares with its own clock, so that the interval is all that a quick test can see.
  expect(server).toMatchObject({ connectionsCheckingInterval: 1000 })
})
