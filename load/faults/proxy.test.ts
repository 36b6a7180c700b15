import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type FaultReceipt, type FaultyPath, openProxy } from './proxy.ts'

/** What says everything back. */
const echo = (socket: Socket): unknown => socket.pipe(socket)

async function startServer(serve: (socket: Socket) => unknown): Promise<Server> {
  const server = createServer((socket) => void serve(socket.on('error', () => {})))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function through(
  serve = echo,
): Promise<{ readonly proxy: FaultyPath; readonly socket: Socket; read(): Buffer }> {
  const server = await startServer(serve)
  const proxy = await openProxy({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const socket = connect(proxy.address)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {})
  open.push(server, proxy, { close: () => socket.destroy() })
  await once(socket, 'connect')
  return { proxy, socket, read: () => Buffer.concat(chunks) }
}

const ECHOED = { interval: 5 }
/** Seconds of a fault that no test waits for, however slow the machine is. */
const LONG = 1000

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

const MET = { connections: 1, bytes: 7 }

test('of two stalls at once each lasts as long as it was told, and has met what both held back', async () => {
  const { proxy, socket, read } = await through()
  const met = async (): Promise<readonly FaultReceipt[]> => {
    const before = read().length
    const both = [proxy.stall(0.05), proxy.stall(0.2)]
    socket.write('7 bytes')
    const [short, long] = await Promise.all(both)
    if (short === undefined || long === undefined) throw new Error('there were two')
    if (long.bytes > 0) expect(read().length).toBe(before)
    await expect.poll(() => read().length, ECHOED).toBe(before + 7)
    return [short, long]
  }
  await expect.poll(met, ECHOED).toEqual([MET, MET])
})

test('a delay that begins during a stall leaves it what it holds', async () => {
  const { proxy, socket, read } = await through()
  const met = async (): Promise<readonly [FaultReceipt, number]> => {
    const before = read().length
    const stalled = proxy.stall(0.1)
    const delayed = proxy.delay(0.02, 0.4)
    socket.write('7 bytes')
    const both = [await stalled, (await delayed).bytes] as const
    await expect.poll(() => read().length, ECHOED).toBe(before + 7)
    return both
  }
  await expect.poll(met, ECHOED).toEqual([MET, 14])
})

test('what is held back already is met by a stall that begins then', async () => {
  const { proxy, socket } = await through()
  void proxy.stall(LONG)
  socket.write('7 bytes')
  await expect.poll(() => proxy.stall(0.02), ECHOED).toEqual(MET)
  // Nor does the end of one let go what another holds.
  for (let again = 0; again < 2; again++) expect(await proxy.stall(0.02)).toEqual(MET)
})

/** Whether a fault is over. */
function watched(fault: Promise<unknown>): () => boolean {
  let isOver = false
  void fault.then(() => {
    isOver = true
  })
  return () => isOver
}

test('what a server says before it closes is as late as the delay, and not held until that is over', async () => {
  const { proxy, socket, read } = await through((peer) => peer.once('data', () => peer.end('answer')))
  const isOver = watched(proxy.delay(0.02, LONG))
  const ended = once(socket, 'end')
  socket.write('question')
  await ended
  expect([read().toString(), isOver()]).toEqual(['answer', false])
})

test('what a client says before it closes goes on as well, and so does its end', async () => {
  let heard = ''
  const { proxy, socket } = await through((peer) =>
    peer.on('data', (bytes) => (heard += String(bytes))).once('end', () => (heard += ', the end')),
  )
  const isOver = watched(proxy.delay(0.02, LONG))
  socket.end('good bye')
  await expect.poll(() => heard, ECHOED).toBe('good bye, the end')
  expect(isOver()).toBe(false)
})

test('a stall loses nothing of a client that has gone meanwhile', async () => {
  let heard = ''
  const { proxy, socket } = await through((peer) => peer.on('data', (bytes) => (heard += String(bytes))))
  const stalled = proxy.stall(0.3)
  const closed = once(socket, 'close')
  socket.end('good bye', () => socket.destroy())
  await closed
  await stalled
  await expect.poll(() => heard, ECHOED).toBe('good bye')
})
