import { once } from 'node:events'
import http2, { type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { openProxy } from '../faults/proxy.ts'
import { openConnection } from './connection.ts'
import { ownHttp2Wire } from './h2/wire.ts'
import { createWindowAudit, type WindowAudit } from './window-audit.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

const MEBIBYTE = 1 << 20

interface Target {
  /** Of each stream. */
  readonly window: number
  /** Of a connection, if it is more than 65,535 bytes. */
  readonly connectionWindow?: number
  take(stream: ServerHttp2Stream): void
  /** How much later everything comes, each way. */
  readonly delayMs?: number
}

/** A mebibyte for a target like this. */
async function pushing({ window, connectionWindow, take, delayMs }: Target): Promise<{
  readonly audit: WindowAudit
  /** Bytes that are still to go. */
  readonly waiting: () => number
}> {
  const server = http2.createServer({ settings: { initialWindowSize: window } })
  if (connectionWindow !== undefined)
    server.on('session', (session) => session.setLocalWindowSize(connectionWindow))
  server.on('stream', (stream) => {
    stream.respond()
    stream.on('error', () => {})
    take(stream)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const proxy = delayMs === undefined ? undefined : await openProxy({ host: '127.0.0.1', port })
  if (delayMs !== undefined) void proxy?.delay(delayMs / 1000, 60)
  const session = await openConnection({
    origin: `http://127.0.0.1:${port}`,
    streamWindow: 65_535,
    connectionWindow: MEBIBYTE,
    ...(proxy !== undefined && { via: proxy.address }),
  })
  session.on('error', () => {})
  ends.push(
    () => session.destroy(),
    () => proxy?.close(),
    () => server.close(),
  )
  const audit = createWindowAudit()
  audit.connected(session)
  const stream = session.request({ ':method': 'POST' }, { endStream: false })
  stream.on('error', () => {})
  audit.appends(stream)
  stream.write(Buffer.alloc(MEBIBYTE))
  await once(stream, 'response')
  return { audit, waiting: () => stream.bufferSize }
}

const OFTEN = { interval: 10 }

/** Looks as often as a thread of the generator does, until all has gone; returns the part of the time in which it waited. */
async function lookUntilGone({ audit, waiting }: Awaited<ReturnType<typeof pushing>>): Promise<number> {
  audit.look()
  const begin = performance.now()
  while (waiting() > 0) {
    await sleep(20)
    audit.look()
  }
  const { blockedByConnectionMs, blockedByStreamMs } = audit.figures()
  return (blockedByConnectionMs + blockedByStreamMs) / (performance.now() - begin)
}

const WINDOW = 65_535

describe('windows', () => {
  test('that are too small for what waits are seen, how often and how long', async () => {
    let held: ServerHttp2Stream | undefined
    const { audit, waiting } = await pushing({
      window: WINDOW,
      take(stream) {
        held = stream.pause()
      },
    })
    const byStream = (): number => {
      audit.look()
      return audit.figures().blockedByStreamMs
    }
    // A server of node:http2 gives the window of a connection back at once, and that of a stream when it is read.
    await expect.poll(byStream, OFTEN).toBeGreaterThan(0)
    for (let turn = 0; turn < 5; turn++) {
      await sleep(5)
      expect(audit.look()).toBeCloseTo(1)
    }
    const blocked = audit.figures()
    expect(blocked.theirs.stream).toBe(WINDOW)
    expect(blocked.longestMs).toBeCloseTo(blocked.blockedByStreamMs + blocked.blockedByConnectionMs)
    expect(blocked.stretches).toBe(1)
    held?.resume()
    await expect.poll(waiting, OFTEN).toBe(0)
    audit.look()
    expect(audit.look()).toBe(0)
    expect(audit.figures().longestMs).toBeGreaterThanOrEqual(blocked.longestMs)
  })

  test('of a stream that open for a little once in each round trip are seen to be closed between', async () => {
    const target = await pushing({
      ...{ window: WINDOW, connectionWindow: 8 * MEBIBYTE, delayMs: 5 },
      take: (stream) => void stream.resume(),
    })
    expect(await lookUntilGone(target)).toBeGreaterThan(0.2)
    expect(target.audit.figures().blockedByStreamMs).toBeGreaterThan(0)
  })

  test('of a connection that are used up at once, as the target is far away, are seen although bytes flow', async () => {
    const target = await pushing({
      window: 8 * MEBIBYTE,
      take: (stream) => void stream.resume(),
      delayMs: 5,
    })
    expect(await lookUntilGone(target)).toBeGreaterThan(0.2)
    expect(target.audit.figures().blockedByConnectionMs).toBeGreaterThan(0)
  })

  test('that a target opens for a little every 10 ms are known to be closed between, where the connection is our own', async () => {
    const server = http2.createServer({ settings: { initialWindowSize: WINDOW } })
    server.on('stream', (stream) => {
      let taken = 0
      stream
        .on('error', () => {})
        .on('end', () => {
          stream.respond()
          stream.end()
        })
      stream.on('data', ({ length }: Buffer) => {
        taken += length
        if (taken < WINDOW) return
        taken = 0
        stream.pause()
        setTimeout(() => stream.resume(), 10)
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const audit = createWindowAudit()
    const options = { origin: `http://127.0.0.1:${port}`, streamWindow: WINDOW, connectionWindow: MEBIBYTE }
    const wire = ownHttp2Wire(options, 1, audit)
    ends.push(
      () => wire.close(),
      () => server.close(),
    )
    const send = (body: Buffer) => wire.send({ method: 'POST', path: '/', headers: {}, body })
    // It is watched from when it is open.
    await send(Buffer.alloc(1))
    const parts: number[] = []
    audit.look()
    const looking = setInterval(() => parts.push(audit.look()), 20)
    expect((await send(Buffer.alloc(MEBIBYTE))).status).toBe(200)
    clearInterval(looking)
    audit.look()
    // A sixteenth of it goes at a time, so that it waits fifteen times.
    const { blockedByConnectionMs, blockedByStreamMs, longestMs } = audit.figures()
    expect(blockedByConnectionMs + blockedByStreamMs).toBeGreaterThan(100)
    expect(longestMs).toBeGreaterThan(100)
    expect(Math.max(...parts)).toBeGreaterThan(0.9)
  })

  test('that have room for all are none to wait for', async () => {
    const { audit, waiting } = await pushing({ window: 8 * MEBIBYTE, take: (stream) => void stream.pause() })
    await expect.poll(waiting, OFTEN).toBe(0)
    for (let turn = 0; turn < 5; turn++) expect(audit.look()).toBe(0)
    expect(audit.figures()).toMatchObject({
      blockedByStreamMs: 0,
      blockedByConnectionMs: 0,
      stretches: 0,
      longestMs: 0,
    })
  })
})
