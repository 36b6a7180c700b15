import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { AppendInput, AppendRecord, S2 } from '@s2-dev/streamstore'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SELF_SIGNED_HOSTS, selfSigned } from './http/connections/certificate.ts'
import { createServer, type ReferenceServer } from './server.ts'
import { openMemoryStore } from './store/memory.ts'

let server: ReferenceServer
let url: string

beforeAll(async () => {
  const tls = await selfSigned(SELF_SIGNED_HOSTS)
  // As NODE_EXTRA_CA_CERTS does for a process that is yet to start.
  setDefaultCACertificates([...getCACertificates('default'), tls.cert])
  server = await createServer({
    data: { store: await openMemoryStore() },
    options: { tls },
    report: (error) => expect.unreachable(String(error)),
  })
  url = await server.start()
})

afterAll(() => server.stop())

test.each(['s2s', 'fetch'] as const)(
  'the official SDK holds its sessions over TLS: %s',
  async (forceTransport) => {
    const client = new S2({ accessToken: 'ignored', endpoints: { account: url, basin: url } })
    const basin = client.basin(`tls-basin-${forceTransport}`)
    await client.basins.create({ basin: `tls-basin-${forceTransport}` })
    await basin.streams.create({ stream: 'events' })
    const stream = basin.stream('events', { forceTransport })
    const reads = await stream.readSession({ start: { from: { seqNum: 0 } } })
    const appends = await stream.appendSession()
    const tickets = []
    for (let index = 0; index < 20; index++) {
      tickets.push(await appends.submit(AppendInput.create([AppendRecord.string({ body: `${index}` })])))
    }
    const acks = await Promise.all(tickets.map((ticket) => ticket.ack()))
    expect(acks.map(({ start }) => start.seqNum)).toEqual(Array.from({ length: 20 }, (_, index) => index))
    const bodies: string[] = []
    for await (const { body } of reads) {
      bodies.push(body)
      if (bodies.length === 20) break
    }
    expect(bodies).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`))
    await appends.close()
  },
)
