import type { IncomingHttpHeaders, ServerHttp2Stream, Settings } from 'node:http2'
import { expect, test } from 'vitest'
import { serveHttp2 } from '../../transport/testing/serve-http2.ts'
import { parseWorkload, type WorkloadFields } from '../../workload/parse.ts'
import { type Load, runThreads } from './coordinator.ts'

/** A load of a server that serves each stream like this. */
async function load(
  fields: WorkloadFields,
  serve: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
  interrupted: AbortSignal = new AbortController().signal,
  settings: Settings = {},
): Promise<Load> {
  const { origin } = await serveHttp2(serve, settings)
  return await runThreads({
    workload: parseWorkload({ warmup: 0, duration: 0.1, ...fields }, 'story'),
    place: { origin, prefix: '', headers: {} },
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
  await expect(waiting).rejects.toThrow(
    /^interrupted before the load on http:\/\/127\.0\.0\.1:\d+ had begun$/,
  )
})
