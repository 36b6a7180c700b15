import { encodeFrame } from '../../proto/frames.ts'
import { encodeAppendInput } from '../../proto/messages.ts'
import { FLAG, frame, literals, TYPE } from '../../reference-server/http/testing/http2-wire.ts'
import { type Abuse, chunk, HELD, http1Head, http2Head, LITTLE, range, type Target } from './abuse.ts'
import { type Client, flood } from './client.ts'

const PATH = '/v1/streams/appended/records'
const S2S = { 'content-type': 's2s/proto' }
const CHUNKED = { ...S2S, 'transfer-encoding': 'chunked' }

const input = (bodyBytes: number): Uint8Array =>
  encodeAppendInput({ records: [{ headers: [], body: new Uint8Array(bodyBytes) }] })

const inputFrame = (bodyBytes: number): Uint8Array =>
  encodeFrame({ payload: input(bodyBytes), compression: 'none' })

/** Costs a byte of name and some of framing, over and over: a mebibyte of metered bytes. */
const manyHeaders = (): Uint8Array =>
  encodeAppendInput({
    records: [
      {
        headers: Array.from({ length: 349_000 }, () => ({
          name: Uint8Array.of(97),
          value: new Uint8Array(0),
        })),
        body: new Uint8Array(0),
      },
    ],
  })

async function session1(target: Target): Promise<Client> {
  const client = await target.http1()
  await client.send(http1Head('POST', PATH, CHUNKED))
  await target.until(() => client.received > 0)
  return client
}

const post1 = async (target: Target, path: string, body: Uint8Array, headers: object): Promise<Client> => {
  const client = await target.http1()
  await client.send(http1Head('POST', path, { ...headers, 'content-length': body.length }))
  void client.send(body)
  return client
}

const PROTOBUF = { 'content-type': 'application/protobuf' }

export const appends: readonly Abuse[] = [
  {
    name: 'sessions that never read their acks, HTTP/1.1',
    limit: 'who takes no acks is read no further; what is held unsent for all',
    growth: HELD,
    outcomes: ['held back'],
    async run(target) {
      const part = Buffer.concat(range(2000).map(() => chunk(inputFrame(1))))
      const clients = await Promise.all(range(target.times(4, 400)).map(() => session1(target)))
      const sent = await Promise.all(
        clients.map((client) => {
          client.stopReading()
          return flood(client, part, MOST_BYTES)
        }),
      )
      return sent.map((bytes) => (bytes < MOST_BYTES ? 'held back' : 'all taken'))
    },
  },
  {
    name: 'sessions that never read their acks, HTTP/2',
    limit: 'who takes no acks is read no further; what is held unsent for all',
    growth: HELD,
    outcomes: ['200', '200, reset ENHANCE_YOUR_CALM'],
    async run(target) {
      const part = frame(TYPE.data, 0, 1, Buffer.concat(range(500).map(() => inputFrame(1))))
      const clients = await Promise.all(
        range(target.times(8, 400)).map(async () => {
          const client = await target.http2(0)
          await client.send(frame(TYPE.headers, FLAG.endHeaders, 1, literals(http2Head('POST', PATH, S2S))))
          await target.until(() => client.outcome() !== 'waits')
          // As much as the stream's window lets a client send that gets no more of it.
          await flood(client, part, 1_000_000)
          return client
        }),
      )
      await target.pause(300)
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'DATA of one byte to sessions that never read their acks',
    limit: 'what the window lets in; the bytes of a turn wait as one',
    growth: HELD,
    outcomes: ['200', '200, reset ENHANCE_YOUR_CALM'],
    async run(target) {
      const batches = frame(TYPE.data, 0, 1, Buffer.concat(range(500).map(() => inputFrame(1))))
      const bytes = Buffer.concat(range(10_000).map(() => frame(TYPE.data, 0, 1, Buffer.of(0))))
      const clients = await Promise.all(
        range(target.times(8, 64)).map(async () => {
          const client = await target.http2(0)
          await client.send(frame(TYPE.headers, FLAG.endHeaders, 1, literals(http2Head('POST', PATH, S2S))))
          await target.until(() => client.outcome() !== 'waits')
          for (const _ of range(4)) await client.send(batches)
          await flood(client, bytes, target.times(4, 40) * bytes.length)
          return client
        }),
      )
      await target.pause(300)
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'chunks of one byte to sessions that never read their acks',
    limit: 'what a connection may send ahead; the bytes of a turn wait as one',
    growth: HELD,
    outcomes: ['held back'],
    async run(target) {
      const batches = Buffer.concat(range(2000).map(() => chunk(inputFrame(1))))
      const bytes = Buffer.concat(range(20_000).map(() => chunk(Buffer.of(0))))
      const clients = await Promise.all(range(target.times(12, 400)).map(() => session1(target)))
      const sent = await Promise.all(
        clients.map(async (client) => {
          client.stopReading()
          await client.send(batches)
          return flood(client, bytes, MOST_BYTES)
        }),
      )
      return sent.map((bytes) => (bytes < MOST_BYTES ? 'held back' : 'all taken'))
    },
  },
  {
    name: '64 sessions that pipeline as fast as they can, slow store',
    limit: 'appends in flight over all sessions; the others wait, and take turns',
    growth: HELD,
    subject: { commitMs: 100 },
    outcomes: ['acknowledged'],
    async run(target) {
      const part = chunk(inputFrame(65_536))
      const clients = await Promise.all(range(64).map(() => session1(target)))
      const heads = clients.map((client) => client.received)
      const until = performance.now() + target.times(1_000, 8_000)
      await Promise.all(
        clients.map(async (client) => {
          while (performance.now() < until && !client.closed) await flood(client, part, 1)
        }),
      )
      await target.until(() => clients.every((client, index) => client.received > (heads[index] ?? 0)))
      return clients.map((client, index) =>
        client.received > (heads[index] ?? 0) ? 'acknowledged' : client.outcome(),
      )
    },
  },
  {
    name: 'unary appends of 1 MiB all at once, slow store',
    limit: 'bodies received and appends in flight; the others wait',
    growth: HELD,
    subject: { commitMs: 100 },
    outcomes: ['200'],
    async run(target) {
      const body = input(1_000_000)
      const clients = await Promise.all(
        range(target.times(60, 400)).map(() => post1(target, PATH, body, PROTOBUF)),
      )
      await target.until(() => clients.every((client) => client.outcome() !== 'waits'))
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: '350,000 headers in a record, unary',
    limit: 'appends in flight, counted with what their headers take: one of these at a time',
    growth: { small: 700, byDefault: 1000 },
    subject: { commitMs: 20 },
    outcomes: ['200'],
    async run(target) {
      const body = manyHeaders()
      const clients = await Promise.all(
        range(target.times(4, 40)).map(() => post1(target, PATH, body, PROTOBUF)),
      )
      await target.until(() => clients.every((client) => client.outcome() !== 'waits'))
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'frames that announce the most and trickle',
    limit: 'memory grows with what has come, not with what is announced',
    growth: LITTLE,
    outcomes: ['200'],
    async run(target) {
      const clients = await Promise.all(range(target.times(100, 1000)).map(() => session1(target)))
      for (const _ of range(5)) {
        await Promise.all(
          clients.map((client, index) => client.send(chunk(TRICKLE[index % 2] ?? TRICKLE[0]))),
        )
      }
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'frames that are never finished',
    limit: 'what is received of all; beyond it, who has stood still for longest gets 408',
    growth: HELD,
    outcomes: ['200', '200 request_timeout'],
    async run(target) {
      const part = Buffer.concat([Buffer.of(0x1f, 0xff, 0xff, 0), new Uint8Array(2_000_000)])
      const clients = await Promise.all(
        range(target.times(30, 300)).map(async () => {
          const client = await session1(target)
          void client.send(chunk(part))
          return client
        }),
      )
      await target.pause(target.times(1_500, 8_000))
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'bodies that are never finished',
    limit: 'what is received of all; beyond it, who has stood still for longest gets 408',
    growth: HELD,
    outcomes: ['waits', '408 request_timeout'],
    async run(target) {
      const clients = await Promise.all(
        range(target.times(30, 300)).map(async () => {
          const client = await target.http1()
          await client.send(http1Head('POST', PATH, { ...PROTOBUF, 'content-length': 2_097_152 }))
          void client.send(new Uint8Array(2_000_000))
          return client
        }),
      )
      await target.pause(target.times(1_500, 8_000))
      return clients.map((client) => client.outcome())
    },
  },
]

/** Far above what the server and the system hold for one connection. */
const MOST_BYTES = 16 * 1_048_576

/** A frame head of the largest length, and a byte of some frame. */
const TRICKLE = [Buffer.of(0x20, 0, 0, 0), Buffer.of(0x20)] as const
