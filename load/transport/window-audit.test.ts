import { once } from 'node:events'
import http2, { type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
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

const ROUND_TRIP_MS = 10

interface Target {
  /** Of each stream. */
  readonly window: number
  /** Of a connection, if it is more than 65,535 bytes. */
  readonly connectionWindow?: number
  take(stream: ServerHttp2Stream): void
  /** Whether nothing reaches the target from when it is written to. */
  readonly isStalled?: boolean
}

/** Writes a mebibyte to a target like this, under a clock that the test moves. */
async function pushing({ window, connectionWindow, take, isStalled = false }: Target): Promise<{
  readonly audit: WindowAudit
  /** Bytes that are still to go. */
  readonly waiting: () => number
  /** Bytes that have gone to the socket. */
  readonly sent: () => number
  /** Moves the clock by so many milliseconds, and looks. */
  readonly lookAfter: (milliseconds: number) => number
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
  const proxy = await openProxy({ host: '127.0.0.1', port })
  const session = await openConnection({
    origin: `http://127.0.0.1:${port}`,
    streamWindow: 65_535,
    connectionWindow: MEBIBYTE,
    via: proxy.address,
  })
  session.on('error', () => {})
  ends.push(
    () => session.destroy(),
    () => proxy.close(),
    () => server.close(),
  )
  // The time of a real one would be chance.
  Object.assign(session, {
    ping(answered: (error: null, milliseconds: number) => void) {
      answered(null, ROUND_TRIP_MS)
      return true
    },
  })
  let at = 0
  const audit = createWindowAudit(() => at)
  audit.connected(session)
  const stream = session.request({ ':method': 'POST' }, { endStream: false })
  stream.on('error', () => {})
  audit.appends(stream)
  await once(stream, 'response')
  if (isStalled) void proxy.stall(3600)
  stream.write(Buffer.alloc(MEBIBYTE))
  return {
    audit,
    waiting: () => stream.bufferSize,
    sent: () => session.socket.bytesWritten,
    lookAfter(milliseconds) {
      at += milliseconds
      return audit.look()
    },
  }
}

const OFTEN = { interval: 10 }

const WINDOW = 65_535

describe('windows', () => {
  test('that are too small for what waits are seen, how often and how long', async () => {
    let held: ServerHttp2Stream | undefined
    const { audit, waiting, sent, lookAfter } = await pushing({
      window: WINDOW,
      connectionWindow: 8 * MEBIBYTE,
      take(stream) {
        held = stream.pause()
      },
    })
    await expect.poll(sent, OFTEN).toBeGreaterThan(WINDOW)
    audit.look()
    for (let turn = 0; turn < 5; turn++) expect(lookAfter(5)).toBe(1)
    const blocked = audit.figures()
    expect(blocked.theirs.stream).toBe(WINDOW)
    expect(blocked).toMatchObject({
      blockedByStreamMs: 25,
      blockedByConnectionMs: 0,
      longestMs: 25,
      stretches: 1,
    })
    held?.resume()
    await expect.poll(waiting, OFTEN).toBe(0)
    audit.look()
    expect(lookAfter(5)).toBe(0)
    expect(audit.figures()).toMatchObject({ longestMs: 25, stretches: 1 })
  })

  test('of a stream that open for a little once in each round trip are seen to be closed between', async () => {
    let open = (): void => {}
    const { audit, sent, lookAfter } = await pushing({
      window: WINDOW,
      connectionWindow: 8 * MEBIBYTE,
      take(stream) {
        let taken = 0
        stream.pause().on('data', ({ length }: Buffer) => {
          taken += length
          if (taken % WINDOW < length) stream.pause()
        })
        stream.pause()
        open = () => void stream.resume()
      },
    })
    await expect.poll(sent, OFTEN).toBeGreaterThan(WINDOW)
    audit.look()
    lookAfter(ROUND_TRIP_MS)
    for (let turn = 0; turn < 5; turn++) {
      const before = sent()
      open()
      // A target gives back what it has read once it is half of the window.
      await expect.poll(sent, OFTEN).toBeGreaterThan(before + WINDOW / 2)
      expect(lookAfter(ROUND_TRIP_MS)).toBe(1)
    }
    expect(audit.figures()).toMatchObject({ blockedByStreamMs: 6 * ROUND_TRIP_MS, blockedByConnectionMs: 0 })
  })

  test('of a connection that are used up at once, as the target is far away, are seen although bytes flow', async () => {
    const { audit, sent, lookAfter } = await pushing({
      window: 8 * MEBIBYTE,
      take: (stream) => void stream.resume(),
      isStalled: true,
    })
    const before = sent()
    await expect.poll(sent, OFTEN).toBeGreaterThan(before + WINDOW - 1)
    expect(lookAfter(20)).toBe(1)
    expect(audit.figures()).toMatchObject({ blockedByStreamMs: 0, blockedByConnectionMs: 20, leastLeft: 0 })
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
    const { audit, waiting, lookAfter } = await pushing({
      window: 8 * MEBIBYTE,
      take: (stream) => void stream.pause(),
    })
    await expect.poll(waiting, OFTEN).toBe(0)
    audit.look()
    for (let turn = 0; turn < 5; turn++) expect(lookAfter(5)).toBe(0)
    expect(audit.figures()).toMatchObject({
      blockedByStreamMs: 0,
      blockedByConnectionMs: 0,
      stretches: 0,
      longestMs: 0,
    })
  })
})
