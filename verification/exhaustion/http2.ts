import {
  FLAG,
  frame,
  hpackInteger,
  hpackString,
  literals,
  SETTING,
  settings,
  TYPE,
} from '../../reference-server/http/testing/http2-wire.ts'
import { type Abuse, HELD, http2Head, LITTLE, range, type Target } from './abuse.ts'
import { type Client, flood, probe } from './client.ts'

const PATH = '/v1/streams/framed/records'
const GET = literals(http2Head('GET', '/health'))
const JSON_BODY = { 'content-type': 'application/json' }

/** What the connection has come to once the server has read everything, or has had enough. */
async function fate(target: Target, client: Client): Promise<string> {
  client.readOn()
  void client.send(probe)
  await target.until(() => client.closed || /goaway|goes on/.test(client.outcome()))
  return client.outcome()
}

interface Flood {
  readonly name: string
  readonly limit: string
  readonly outcomes: readonly string[]
  /** What is sent once, and then without end. */
  readonly first?: Uint8Array
  readonly part: Uint8Array
  /** Takes nothing of what comes back. */
  readonly deaf?: boolean
}

const bytes4 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const often = (count: number, make: (index: number) => Uint8Array): Uint8Array =>
  Buffer.concat(range(count).map(make))

const odd = (index: number): number => 2 * index + 1

const openPost = frame(TYPE.headers, FLAG.endHeaders, 1, literals(http2Head('POST', PATH, JSON_BODY)))

/** A header of almost 4 KiB goes into the dynamic table, and then stands 4000 times in a block by its index of one byte. */
const hpackBomb = Buffer.concat([
  GET,
  Buffer.of(0x40),
  hpackString('x'),
  hpackString('y'.repeat(4000)),
  Buffer.alloc(4000, 0x80 | 62),
])

const FLOODS: readonly Flood[] = [
  {
    name: 'CONTINUATION without end',
    limit: '8 frames of a head',
    outcomes: ['goaway ENHANCE_YOUR_CALM', 'goaway INTERNAL_ERROR', 'goaway PROTOCOL_ERROR', 'closed'],
    first: frame(TYPE.headers, 0, 1, GET),
    part: often(100, () => frame(TYPE.continuation, 0, 1, literals([['x', 'y'.repeat(100)]]))),
  },
  {
    name: 'empty CONTINUATION without end',
    limit: '8 frames of a head',
    outcomes: ['goaway ENHANCE_YOUR_CALM', 'goaway INTERNAL_ERROR', 'goaway PROTOCOL_ERROR', 'closed'],
    first: frame(TYPE.headers, 0, 1, GET),
    part: often(1000, () => frame(TYPE.continuation, 0, 1)),
  },
  {
    name: 'rapid reset',
    limit: '1000 resets, and 33 a second',
    outcomes: ['goaway INTERNAL_ERROR', 'goaway ENHANCE_YOUR_CALM'],
    part: often(20_000, (index) =>
      Buffer.concat([
        frame(TYPE.headers, FLAG.endStream | FLAG.endHeaders, odd(index), GET),
        frame(TYPE.reset, 0, odd(index), bytes4(8)),
      ]),
    ),
  },
  {
    name: 'a flood of SETTINGS',
    limit: '1000 acknowledgements that are not taken',
    outcomes: ['goaway ENHANCE_YOUR_CALM', 'goaway INTERNAL_ERROR', 'closed', 'goes on'],
    part: often(1000, () => settings([[SETTING.initialWindowSize, 65_535]])),
    deaf: true,
  },
  {
    name: 'a flood of PING',
    limit: '1000 acknowledgements that are not taken',
    outcomes: ['goaway ENHANCE_YOUR_CALM', 'goaway INTERNAL_ERROR', 'closed', 'goes on'],
    part: often(1000, () => frame(TYPE.ping, 0, 0, new Uint8Array(8))),
    deaf: true,
  },
  {
    name: 'a flood of empty DATA',
    limit: 'they are read and forgotten',
    outcomes: ['goes on', 'goaway ENHANCE_YOUR_CALM', 'goaway INTERNAL_ERROR', 'closed'],
    first: openPost,
    part: often(1000, () => frame(TYPE.data, 0, 1)),
  },
  {
    name: 'a flood of WINDOW_UPDATE',
    limit: '2^31 - 1 of a window',
    outcomes: ['goes on', 'closed'],
    part: often(1000, () => frame(TYPE.windowUpdate, 0, 0, bytes4(1))),
  },
  {
    name: 'a flood of PRIORITY',
    limit: 'they are read and forgotten',
    outcomes: ['goes on', 'goaway ENHANCE_YOUR_CALM', 'closed'],
    part: often(1000, (index) => frame(TYPE.priority, 0, odd(index), Buffer.of(0, 0, 0, 0, 1))),
  },
  {
    name: 'a flood of frames of an unknown type',
    limit: 'they are read and forgotten',
    outcomes: ['goes on', 'goaway ENHANCE_YOUR_CALM', 'closed'],
    part: often(1000, () => frame(77, 0, 1, new Uint8Array(10))),
  },
]

const floods = FLOODS.map(
  ({ name, limit, outcomes, first, part, deaf }): Abuse => ({
    name: `HTTP/2, ${name}`,
    limit,
    growth: LITTLE,
    outcomes,
    async run(target) {
      const clients = await Promise.all(range(target.times(2, 20)).map(() => target.http2()))
      return Promise.all(
        clients.map(async (client) => {
          if (first !== undefined) await client.send(first)
          if (deaf === true) client.stopReading()
          await flood(client, part, target.times(4, 16) * 1_048_576)
          return fate(target, client)
        }),
      )
    },
  }),
)

export const http2: readonly Abuse[] = [
  ...floods,
  {
    name: 'HTTP/2, a bomb of HPACK',
    limit: '32 KiB and 128 fields of a head',
    growth: LITTLE,
    outcomes: ['reset ENHANCE_YOUR_CALM', 'goaway ENHANCE_YOUR_CALM', 'goaway COMPRESSION_ERROR', '431'],
    async run(target) {
      const clients = await Promise.all(range(target.times(10, 100)).map(() => target.http2()))
      await Promise.all(
        clients.map(async (client) => {
          for (const index of range(20)) {
            await client.send(frame(TYPE.headers, FLAG.endStream | FLAG.endHeaders, odd(index), hpackBomb))
          }
        }),
      )
      await target.until(() => clients.every((client) => client.outcome() !== 'waits'))
      return clients.map((client) => client.outcome())
    },
  },
  {
    name: 'HTTP/2, a number of HPACK without end',
    limit: 'five bytes of a number',
    growth: LITTLE,
    outcomes: ['goaway COMPRESSION_ERROR'],
    async run(target) {
      const client = await target.http2()
      const block = Buffer.concat([Buffer.of(0), hpackInteger(1e15, 7, 0)])
      await client.send(frame(TYPE.headers, FLAG.endStream | FLAG.endHeaders, 1, block))
      return [await fate(target, client)]
    },
  },
  {
    name: 'HTTP/2, bodies on a thousand streams that are never finished',
    limit: '128 MiB of all connections unread, and what is received of all',
    growth: HELD,
    outcomes: ['waits', '408 request_timeout'],
    async run(target) {
      const clients = await Promise.all(range(target.times(2, 20)).map(() => target.http2()))
      const part = new Uint8Array(16_000)
      const heads = often(900, (index) =>
        frame(TYPE.headers, FLAG.endHeaders, odd(index), literals(http2Head('POST', PATH, JSON_BODY))),
      )
      await Promise.all(
        clients.map(async (client) => {
          await client.send(heads)
          await flood(
            client,
            often(900, (index) => frame(TYPE.data, 0, odd(index), part)),
            15 * 1_048_576,
          )
        }),
      )
      await target.pause(1_500)
      return clients.map((client) => client.outcome())
    },
  },
]
