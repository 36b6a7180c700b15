import { FLAG, frame, literals, TYPE } from '../../reference-server/http/testing/http2-wire.ts'
import { type Abuse, HELD, http1Head, http2Head, LITTLE, range, type Target } from './abuse.ts'
import type { Client } from './client.ts'

const PATH = '/v1/streams/large/records'

/** Records of almost a mebibyte, which JSON makes six times as large. */
async function prepare(target: Target): Promise<void> {
  if (await target.exists(PATH)) return
  const body = '\\u0001'.repeat(349_000)
  for (const _ of range(4)) await target.ask('POST', PATH, `{"records":[{"body":"${body}"}]}`)
}

const HEADERS_PATH = '/v1/streams/headers/records'

/** Four records of headers alone, which take a hundred times as much as objects. */
async function prepareHeaders(target: Target): Promise<void> {
  if (await target.exists(HEADERS_PATH)) return
  const headers = '["a",""],'.repeat(200_000)
  for (const _ of range(4))
    await target.ask('POST', HEADERS_PATH, `{"records":[{"headers":[${headers}["a",""]]}]}`)
}

/** Most of it is the garbage of the appends that put them there, however few there are. */
const MANY_HEADERS = { small: 1000, byDefault: 1000 }

const TRANSPORTS = [
  { name: 'S2S', headers: { 'content-type': 's2s/proto' }, query: '?seq_num=0' },
  { name: 'SSE', headers: { accept: 'text/event-stream' }, query: '?seq_num=0' },
  { name: 'unary', headers: { accept: 'application/json' }, query: '?seq_num=0&wait=0' },
] as const

const VERSIONS = [
  {
    version: 'HTTP/1.1',
    async open(target: Target, path: string, headers: Readonly<Record<string, string>>): Promise<Client> {
      const client = await target.http1()
      await client.send(http1Head('GET', path, headers))
      await target.until(() => client.received > 0)
      client.stopReading()
      return client
    },
  },
  {
    version: 'HTTP/2',
    async open(target: Target, path: string, headers: Readonly<Record<string, string>>): Promise<Client> {
      const client = await target.http2(0)
      const block = literals(http2Head('GET', path, headers))
      await client.send(frame(TYPE.headers, FLAG.endStream | FLAG.endHeaders, 1, block))
      await target.until(() => client.outcome() !== 'waits')
      return client
    },
  },
] as const

export const readers: readonly Abuse[] = [
  ...TRANSPORTS.flatMap(({ name, headers, query }) =>
    VERSIONS.map(
      ({ version, open }): Abuse => ({
        name: `a reader that stops reading, ${name}, ${version}`,
        limit: 'what is held unsent for all; beyond it, who has stood still for longest is given up',
        growth: HELD,
        outcomes: ['200', '200, reset ENHANCE_YOUR_CALM'],
        prepare,
        async run(target) {
          const clients = await Promise.all(
            range(target.times(24, 400)).map(() => open(target, PATH + query, headers)),
          )
          await target.pause(1_000)
          return clients.map((client) => client.outcome())
        },
      }),
    ),
  ),
  ...TRANSPORTS.map(
    ({ name, headers, query }): Abuse => ({
      name: `a reader of 200,000 headers in a record that stops reading, ${name}`,
      limit:
        'what is held unsent for all, of which headers are no part: they are read again when they are sent',
      growth: MANY_HEADERS,
      outcomes: ['200', '200, reset ENHANCE_YOUR_CALM'],
      prepare: prepareHeaders,
      async run(target) {
        const clients = await Promise.all(
          range(target.times(4, 40)).map(() => VERSIONS[1].open(target, HEADERS_PATH + query, headers)),
        )
        await target.pause(1_000)
        return clients.map((client) => client.outcome())
      },
    }),
  ),
  {
    name: 'idle followers',
    limit: 'some kilobytes for each',
    growth: LITTLE,
    outcomes: ['200'],
    async run(target) {
      const clients = await Promise.all(range(target.times(1000, 5000)).map(() => target.http1()))
      await Promise.all(
        clients.map((client, index) =>
          client.send(
            http1Head('GET', `/v1/streams/followed-${index % 10}/records?seq_num=0`, {
              accept: 'text/event-stream',
            }),
          ),
        ),
      )
      await target.until(() => clients.every((client) => client.received > 0))
      return clients.map((client) => client.outcome())
    },
  },
]
