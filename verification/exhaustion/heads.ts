import { type Abuse, chunk, http1Head, LITTLE, range, type Target } from './abuse.ts'
import { type Client, flood } from './client.ts'

const PATH = '/v1/streams/headed/records'
const CHUNKED = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }

/** Floods each of some connections with a part, after a beginning. */
async function endless(target: Target, beginning: string, part: string): Promise<readonly string[]> {
  const clients = await Promise.all(range(target.times(10, 100)).map(() => target.http1()))
  await Promise.all(
    clients.map(async (client) => {
      await client.send(beginning)
      await flood(client, Buffer.from(part), 8 * 1_048_576)
    }),
  )
  await target.until(() => clients.every((client) => client.closed))
  return clients.map((client) => client.outcome())
}

/** Sends a byte at a time on many connections. */
async function trickle(target: Target, beginning: string, part: string): Promise<readonly string[]> {
  const clients = await Promise.all(range(target.times(300, 3000)).map(() => target.http1()))
  await Promise.all(clients.map((client) => client.send(beginning)))
  for (const index of range(target.times(10, 50))) {
    await Promise.all(clients.map((client) => client.send(part[index % part.length] ?? '')))
    await target.pause(20)
  }
  return clients.map((client) => client.outcome())
}

const closed = ({ closed: is }: Client): boolean => is

export const heads: readonly Abuse[] = [
  {
    name: 'endless headers, HTTP/1.1',
    limit: '32 KiB of a head',
    growth: LITTLE,
    outcomes: ['400 bad_header', 'closed'],
    run: (target) => endless(target, 'GET /health HTTP/1.1\r\nhost: localhost\r\n', 'x: y\r\n'.repeat(1000)),
  },
  {
    name: 'an endless path, HTTP/1.1',
    limit: '32 KiB of a head',
    growth: LITTLE,
    outcomes: ['400 bad_header', 'closed'],
    run: (target) => endless(target, 'GET /v1/streams/', 'x'.repeat(8000)),
  },
  {
    name: 'an endless extension of a chunk',
    limit: '16 KiB of extensions',
    growth: LITTLE,
    outcomes: ['400 bad_header', 'closed'],
    run: (target) => endless(target, `${http1Head('POST', PATH, CHUNKED)}1;`, 'x'.repeat(8000)),
  },
  {
    name: 'endless trailers',
    limit: '32 KiB of a head',
    growth: LITTLE,
    outcomes: ['400 bad_header', '400 bad_json', 'closed'],
    run: (target) =>
      endless(target, `${http1Head('POST', PATH, CHUNKED)}1\r\n{\r\n0\r\n`, 'x: y\r\n'.repeat(1000)),
  },
  {
    name: 'chunks of one byte without end',
    limit: '2 MiB of a body',
    growth: LITTLE,
    outcomes: ['400 bad_json', '408 request_timeout'],
    async run(target) {
      const part = Buffer.concat(range(20_000).map(() => chunk(Buffer.from(' '))))
      const clients = await Promise.all(range(target.times(2, 10)).map(() => target.http1()))
      await Promise.all(
        clients.map(async (client) => {
          await client.send(http1Head('POST', PATH, CHUNKED))
          for (const _ of range(target.times(3, 40))) await client.send(part)
          await client.send('0\r\n\r\n')
        }),
      )
      await target.until(() => clients.every((client) => client.received > 0))
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'heads that come byte by byte',
    limit: '60 s for a head',
    growth: LITTLE,
    outcomes: ['waits'],
    run: (target) => trickle(target, 'GET /health HTTP/1.1\r\nhost: localhost\r\n', 'x-header: value\r\n'),
  },
  {
    name: 'bodies that come byte by byte',
    limit: '120 s for a body',
    growth: LITTLE,
    outcomes: ['waits'],
    run: (target) =>
      trickle(
        target,
        http1Head('POST', PATH, { 'content-type': 'application/json', 'content-length': 9999 }),
        ' ',
      ),
  },
  {
    name: 'connections that say nothing',
    limit: '60 s for the first bytes, and so many connections',
    growth: LITTLE,
    outcomes: ['waits', 'closed'],
    async run(target) {
      const clients = await Promise.all(range(target.times(2000, 9000)).map(() => target.http1()))
      await target.pause(300)
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'thousands of requests in one packet, no answer taken',
    limit: 'what is held unsent for all',
    growth: LITTLE,
    outcomes: ['200', 'closed', 'waits'],
    async run(target) {
      const clients = await Promise.all(range(target.times(5, 50)).map(() => target.http1()))
      const many = 'GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(3000)
      await Promise.all(
        clients.map(async (client) => {
          void client.send(many)
          await target.until(() => client.received > 0 || closed(client))
          client.stopReading()
          await flood(client, Buffer.from(many), 8 * 1_048_576)
        }),
      )
      return clients.map((client) => client.outcome())
    },
  },
]
