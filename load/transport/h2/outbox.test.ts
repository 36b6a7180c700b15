import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { Outbox } from './outbox.ts'

test.each([10, 100_000])(
  'pieces of %i bytes arrive in order, and what comes behind the end is let go without an error',
  async (size) => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') expect.unreachable()
    const chunks: Buffer[] = []
    server.on('connection', (accepted) => accepted.on('data', (chunk: Buffer) => chunks.push(chunk)))
    const socket = connect(address.port, '127.0.0.1')
    await once(socket, 'connect')
    const outbox = new Outbox(socket)
    outbox.push(Buffer.alloc(size, 1))
    outbox.push(Buffer.alloc(size, 2))
    outbox.flush()
    socket.end()
    outbox.push(Buffer.alloc(size, 3))
    outbox.flush()
    // Rejects with an error of the socket if there is one.
    await once(socket, 'close')
    server.close()
    const expected = Buffer.concat([Buffer.alloc(size, 1), Buffer.alloc(size, 2)])
    expect(Buffer.concat(chunks).equals(expected)).toBe(true)
  },
)
