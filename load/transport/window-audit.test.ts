import { once } from 'node:events'
import http2, { type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openConnection } from './connection.ts'
import { createWindowAudit, type WindowFigures } from './window-audit.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A mebibyte for a server that reads nothing of it, with this window for each stream. */
async function pushing(initialWindowSize: number): Promise<{
  readonly figures: () => WindowFigures
  readonly look: () => boolean
  readonly go: () => void
  readonly waiting: () => number
}> {
  const server = http2.createServer({ settings: { initialWindowSize } })
  let held: ServerHttp2Stream | undefined
  server.on('stream', (stream) => {
    stream.respond()
    stream.on('error', () => {}).pause()
    held = stream
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const session = await openConnection({ origin, streamWindow: 65_535, connectionWindow: 1 << 20 })
  session.on('error', () => {})
  ends.push(
    () => session.destroy(),
    () => server.close(),
  )
  const audit = createWindowAudit()
  audit.connected(session)
  const stream = session.request({ ':method': 'POST' }, { endStream: false })
  stream.on('error', () => {})
  audit.appends(stream)
  stream.write(Buffer.alloc(1 << 20))
  await once(stream, 'response')
  return {
    figures: audit.figures,
    look: audit.look,
    go: () => void held?.resume(),
    waiting: () => stream.bufferSize,
  }
}

const OFTEN = { timeout: 10_000, interval: 10 }

describe('windows', () => {
  test('that are too small for what waits are seen, how often and how long', async () => {
    const { figures, look, go, waiting } = await pushing(65_535)
    for (let turn = 0; turn < 5; turn++) await expect.poll(look, OFTEN).toBe(true)
    const blocked = figures()
    expect(blocked.theirs.stream).toBe(65_535)
    expect(blocked.blockedByStream).toBeGreaterThanOrEqual(5)
    expect(blocked.longest).toBeGreaterThanOrEqual(5)
    expect(blocked.stretches).toBe(1)
    go()
    await expect.poll(waiting, OFTEN).toBe(0)
    look()
    expect(look()).toBe(false)
    expect(figures().longest).toBeGreaterThanOrEqual(blocked.longest)
    expect(figures().samples).toBeGreaterThan(blocked.samples)
  })

  test('that have room for all are none to wait for', async () => {
    const { figures, look, waiting } = await pushing(8 << 20)
    await expect.poll(waiting, OFTEN).toBe(0)
    for (let turn = 0; turn < 5; turn++) look()
    expect(figures()).toMatchObject({ blockedByStream: 0, blockedByConnection: 0, stretches: 0, longest: 0 })
  })
})
