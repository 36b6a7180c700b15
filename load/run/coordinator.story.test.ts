import { once } from 'node:events'
import http2, { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseWorkload, type WorkloadFields } from '../workload/parse.ts'
import { type Load, runThreads } from './coordinator.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A load of a server that serves each stream like this. */
async function load(
  fields: WorkloadFields,
  serve: (stream: ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void,
  interrupted: AbortSignal = new AbortController().signal,
  settings: http2.Settings = {},
): Promise<Load> {
  const server = http2.createServer({ settings })
  const sessions: ServerHttp2Session[] = []
  server.on('session', (session) => sessions.push(session.on('error', () => {})))
  server.on('stream', (stream, headers) =>
    serve(
      stream.on('error', () => {}),
      headers,
    ),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(
    () => server.close(),
    () => {
      for (const session of sessions) session.destroy()
    },
  )
  const { port } = server.address() as AddressInfo
  return await runThreads({
    workload: parseWorkload({ warmup: 0, duration: 0.1, ...fields }, 'story'),
    place: { origin: `http://127.0.0.1:${port}`, prefix: '', headers: {} },
    streams: ['s'],
    tag: 1,
    interrupted,
    onTick() {},
    tailOf: () => Promise.resolve(0),
  })
}

test('what keeps readers from their places is said, and no load is made', async () => {
  const answer = (stream: ServerHttp2Stream): void => stream.respond({ ':status': 200 })
  const most = { maxConcurrentStreams: 2 }
  await expect(load({ readers: 3 }, answer, undefined, most)).rejects.toThrow('give more --connections')
  await expect(load({ readers: 3, 'read-transport': 'sse' }, answer, undefined, most)).rejects.toThrow(
    'give more --connections',
  )
})

test('who interrupts before all is ready need not wait for it', async () => {
  const interrupt = new AbortController()
  const waiting = load({ readers: 1 }, () => interrupt.abort(), interrupt.signal)
  await expect(waiting).rejects.toThrow('interrupted before the load had begun')
})
