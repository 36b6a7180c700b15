import { once } from 'node:events'
import http2 from 'node:http2'
import { afterEach, expect, test } from 'vitest'
import { encodeHead } from './header-block.ts'
import { createHttp2Pool, type Http2Pool } from './pool.ts'
import { ask } from './testing/peer.ts'

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

async function poolOf(count: number, server = http2.createServer()): Promise<Http2Pool> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') expect.unreachable()
  const pool = createHttp2Pool(
    { origin: `http://127.0.0.1:${address.port}`, streamWindow: 65_535, connectionWindow: 65_535 },
    count,
  )
  ended.push(
    () => pool.close(),
    () => server.close(),
  )
  return pool
}

test('connections are dealt in turn, and whoever asks while one is opened gets the same', async () => {
  const pool = await poolOf(2)
  const [a, b, again] = await Promise.all([pool.next(), pool.next(), pool.next()])
  expect(b).not.toBe(a)
  expect(again).toBe(a)
  expect(pool.next()).toBe(b)
  expect(pool.next()).toBe(a)
})

test('what is still being opened when all are closed is closed too', async () => {
  const pool = await poolOf(1)
  const opening = pool.next()
  pool.close()
  expect((await opening).isUsable).toBe(false)
})

test('what is still under way on a connection that went away is closed with all others', async () => {
  const server = http2.createServer()
  server.on('stream', ({ session }) => session?.goaway(http2.constants.NGHTTP2_NO_ERROR, 1))
  const pool = await poolOf(1, server)
  const first = await pool.next()
  const head = encodeHead({ method: 'GET', scheme: 'http', authority: 'a', path: '/', headers: {} })
  const { told } = ask(first, { head })
  await expect.poll(() => first.isUsable).toBe(false)
  const second = await pool.next()
  expect(second).not.toBe(first)
  expect(told).toEqual([])
  pool.close()
  await expect.poll(() => told).toEqual(['the connection was closed'])
  expect([first.isOver, second.isOver]).toEqual([true, true])
})
