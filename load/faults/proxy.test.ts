import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openProxy, type Passage } from './proxy.ts'

/** What says everything back. */
async function startEcho(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function through(): Promise<{ readonly proxy: Passage; readonly socket: Socket; read(): Buffer }> {
  const server = await startEcho()
  const proxy = await openProxy({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const socket = connect(proxy.address)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {})
  open.push(server, proxy, { close: () => socket.destroy() })
  await once(socket, 'connect')
  return { proxy, socket, read: () => Buffer.concat(chunks) }
}

const ECHOED = { timeout: 10_000, interval: 5 }

test('bytes go through whole and in order, however many', async () => {
  const { socket, read } = await through()
  const sent = Buffer.from(Array.from({ length: 1_000_000 }, (_none, index) => index % 251))
  socket.write(sent)
  await expect.poll(() => read().length, ECHOED).toBe(sent.length)
  expect(read().equals(sent)).toBe(true)
})

test('a stall holds all of them back and loses none', async () => {
  const { proxy, socket, read } = await through()
  socket.write('before')
  await expect.poll(() => read().toString(), ECHOED).toBe('before')
  const stalled = proxy.stall(0.1)
  socket.write(' during')
  const met = await stalled
  expect(met).toEqual({ connections: 1, bytes: 7 })
  await expect.poll(() => read().toString(), ECHOED).toBe('before during')
})

test('a stall that nobody meets has met nothing', async () => {
  const { proxy } = await through()
  expect(await proxy.stall(0.01)).toEqual({ connections: 0, bytes: 0 })
})

test('a delay makes every byte later, both ways, and keeps their order', async () => {
  const { proxy, socket, read } = await through()
  const delayed = proxy.delay(0.05, 0.4)
  const begin = performance.now()
  for (const part of ['a', 'b', 'c']) socket.write(part)
  await expect.poll(() => read().toString(), ECHOED).toBe('abc')
  expect(performance.now() - begin).toBeGreaterThan(95)
  const { connections, bytes } = await delayed
  expect(connections).toBe(1)
  expect(bytes).toBe(6)
  const again = performance.now()
  socket.write('d')
  await expect.poll(() => read().toString(), ECHOED).toBe('abcd')
  expect(again).toBeGreaterThan(begin)
})

test('a cut ends every connection there is, and the next one goes through', async () => {
  const { proxy, socket } = await through()
  socket.write('x')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await expect.poll(() => proxy.cut().connections, ECHOED).toBe(1)
  await closed
  const next = connect(proxy.address)
  open.push({ close: () => next.destroy() })
  next.write('again')
  const [bytes] = await once(next, 'data')
  expect(String(bytes)).toBe('again')
})
