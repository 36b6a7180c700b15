import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../testing/fake-clock.ts'
import { get2, HEALTH, http2, raw, serve } from '../testing/listener.ts'
import { connectRaw } from '../testing/raw-connection.ts'

describe('stop', () => {
  const tail = { seqNum: 0n, timestamp: 0n }
  const path = '/v1/streams/x/records/tail'

  test('lets what is under way finish, on both versions, and accepts nothing more (CP-LITE-030)', async () => {
    const gate = Promise.withResolvers<void>()
    let waiting = 0
    const { url, server } = await serve({
      async checkTail() {
        waiting++
        await gate.promise
        return { tail }
      },
    })
    const idle = await raw(url)
    idle.send(HEALTH)
    const silent = await raw(url)
    const busy = await raw(url)
    busy.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    const answer2 = get2(http2(url), path)
    await expect.poll(() => waiting).toBe(2)
    await expect.poll(() => idle.received).toContain('OK')

    const stopped = server.stop(60_000)
    await idle.closed
    await silent.closed
    await expect(connectRaw(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    gate.resolve()
    await stopped
    expect(await answer2).toEqual([200, expect.stringContaining('"seq_num":0')])
    await busy.closed
    expect(busy.received).toMatch(/^HTTP\/1\.1 200 OK.*"seq_num":0/s)
  })

  test('without grace cuts at once, on whatever clock', async () => {
    const { url, server } = await serve({ checkTail: () => new Promise(() => {}) }, new FakeClock())
    const busy = await raw(url)
    busy.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    await server.stop()
    await busy.closed
    expect(busy.received).toBe('')
  })

  test('cuts what takes longer (CP-LITE-030)', async () => {
    const clock = new FakeClock()
    const { url, server } = await serve({ checkTail: () => new Promise(() => {}) }, clock)
    const busy = await raw(url)
    busy.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\ns2-basin: basin-1-x\r\n\r\n`)
    const stream = http2(url).request({ ':path': path, 's2-basin': 'basin-1-x' })
    stream.on('error', () => {})
    await once(stream, 'ready')
    await expect.poll(() => clock.pending).toBe(0)
    const stopped = server.stop(10_000)
    await expect.poll(() => clock.pending).toBe(1)
    await clock.advance(10_000)
    await stopped
    await busy.closed
    expect(busy.received).toBe('')
  })
})
