import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppendInput, AppendRecord, S2, type S2ClientOptions } from '@s2-dev/streamstore'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServer, type ReferenceServer } from './server.ts'
import { openDiskStore } from './store/disk.ts'

let directory: string
let server: ReferenceServer
let url: string

async function startServer(port: number): Promise<void> {
  server = await createServer({
    data: { store: await openDiskStore(directory) },
    options: { port },
    report: (error) => expect.unreachable(String(error)),
  })
  url = await server.start()
}

/** As an orchestrator replaces it: told to go, gone, and back at the same place with the same disk. */
async function restart(): Promise<void> {
  await server.stop(10_000)
  await startServer(Number(new URL(url).port))
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 's2-rolling-'))
  await startServer(0)
})

afterEach(async () => {
  await server.stop(10_000)
  await rm(directory, { recursive: true })
})

const BATCHES = 240
const RESTART_AFTER = [40, 90, 150]

const RETRIES: readonly (readonly [
  title: string,
  transport: 's2s' | 'fetch',
  retry: NonNullable<S2ClientOptions['retry']>,
  conditional: boolean,
])[] = [
  ['S2S, whatever the SDK retries', 's2s', { appendRetryPolicy: 'all' }, false],
  ['S2S, retries without side effects', 's2s', { appendRetryPolicy: 'noSideEffects' }, true],
  ['fetch and SSE, whatever the SDK retries', 'fetch', { appendRetryPolicy: 'all' }, false],
]

test.each(RETRIES)(
  'sessions of the official SDK go through restarts without loss and without a double: %s',
  async (_title, forceTransport, retry, conditional) => {
    const client = new S2({
      accessToken: 'ignored',
      endpoints: { account: url, basin: url },
      retry: { maxAttempts: 100, minBaseDelayMillis: 20, maxBaseDelayMillis: 100, ...retry },
    })
    await client.basins.create({ basin: 'rolling-basin' })
    await client.basin('rolling-basin').streams.create({ stream: 'events' })
    const stream = client.basin('rolling-basin').stream('events', { forceTransport })

    const seen: string[] = []
    const reads = await stream.readSession({ start: { from: { seqNum: 0 } } })
    const reading = (async () => {
      for await (const { seqNum, body } of reads) {
        seen.push(`${seqNum} ${body}`)
        if (seen.length === BATCHES) break
      }
    })()

    const appends = await stream.appendSession()
    const acks: Promise<string>[] = []
    const restarts: Promise<void>[] = []
    for (let batch = 0; batch < BATCHES; batch++) {
      const input = AppendInput.create([AppendRecord.string({ body: `${batch}` })], {
        ...(conditional && { matchSeqNum: batch }),
      })
      const ticket = await appends.submit(input)
      acks.push(ticket.ack().then(({ start }) => `${start.seqNum} ${batch}`))
      // Some in flight at any time, the restarts in the middle of them.
      if (batch >= 8) await acks[batch - 8]
      if (RESTART_AFTER.includes(batch)) restarts.push((restarts.at(-1) ?? Promise.resolve()).then(restart))
    }
    await Promise.all(restarts)

    const expected = Array.from({ length: BATCHES }, (_, batch) => `${batch} ${batch}`)
    expect(await Promise.all(acks)).toEqual(expected)
    await appends.close()
    await reading
    expect(seen).toEqual(expected)
    expect((await stream.checkTail()).tail.seqNum).toBe(BATCHES)
    expect(restarts).toHaveLength(RESTART_AFTER.length)
  },
)
