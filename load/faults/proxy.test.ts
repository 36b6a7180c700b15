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
  let sent = ''
  // On a machine that stands still meanwhile, the bytes may come when the stall is over: then there is another.
  const met = async (): Promise<number> => {
    await expect.poll(() => read().toString(), ECHOED).toBe(sent)
    const stalled = proxy.stall(0.1)
    socket.write('x')
    sent += 'x'
    const before = read().length
    const { connections, bytes } = await stalled
    if (bytes > 0)
      expect({ connections, arrived: read().length - before }).toEqual({ connections: 1, arrived: 0 })
    return bytes
  }
  await expect.poll(met, ECHOED).toBeGreaterThan(0)
  await expect.poll(() => read().toString(), ECHOED).toBe(sent)
})

test('a stall that nobody meets has met nothing', async () => {
  const { proxy } = await through()
  expect(await proxy.stall(0.01)).toEqual({ connections: 0, bytes: 0 })
})

test('a delay makes every byte later, both ways, and keeps their order', async () => {
  const { proxy, socket, read } = await through()
  let sent = ''
  const met = async (): Promise<boolean> => {
    const delayed = proxy.delay(0.05, 0.4)
    const begin = performance.now()
    for (const part of ['a', 'b', 'c']) socket.write(part)
    sent += 'abc'
    await expect.poll(() => read().toString(), ECHOED).toBe(sent)
    const took = performance.now() - begin
    const { connections, bytes } = await delayed
    return connections === 1 && bytes === 6 && took > 95
  }
  await expect.poll(met, ECHOED).toBe(true)
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
