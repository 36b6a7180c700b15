import { expect, test } from 'vitest'
import { startReferenceServer } from '../reference-server/index.ts'
import type { LiveMoment } from './index.ts'
import { runLoad, UsageError } from './index.ts'

const SHORT = { rate: '50/s', duration: '0.5s', warmup: '0s', batch: 2 }

test('runLoad runs the fields of a workload and resolves to the result', { timeout: 60_000 }, async () => {
  await using server = await startReferenceServer()
  const moments: LiveMoment[] = []
  const onProgress = (moment: LiveMoment): void => void moments.push(moment)
  const result = await runLoad(server.url, { workload: SHORT, onProgress })
  expect(result).toMatchObject({ format: 's2-load', interrupted: false, integrity: { verdict: 'verified' } })
  expect(result.appends.acked).toBeGreaterThan(0)
  expect(moments).not.toEqual([])
})

test('an aborted signal ends the load, and the result reports it', { timeout: 60_000 }, async () => {
  await using server = await startReferenceServer()
  const end = new AbortController()
  const result = await runLoad(server.url, {
    workload: { ...SHORT, duration: '50s' },
    signal: end.signal,
    onProgress: ({ stage }) => stage === 'measuring' && end.abort(),
  })
  expect(result.interrupted).toBe(true)
})

const FAR = 'https://s2.example'

test.each([
  ['a field that does not exist', 'http://127.0.0.1:1', { workload: { pace: 1 } }, /"pace" is no field/],
  ['a name that does not exist', 'http://127.0.0.1:1', { workload: 'nothing' }, /no workload "nothing"/],
  ['another machine', FAR, {}, /is not on this machine/],
  ['another machine, without a rate', FAR, { maxBytes: 100_000_000 }, /is not on this machine/],
  ['more bytes than allowed', FAR, { workload: SHORT, maxBytes: 10 }, /more than --max-bytes 10/],
  ['no time', 'http://127.0.0.1:1', { maxSeconds: 0 }, /--max-seconds/],
])('runLoad rejects %s before it sends a request', async (_, target, options, message) => {
  const failed = runLoad(target, options)
  await expect(failed).rejects.toThrow(UsageError)
  await expect(failed).rejects.toThrow(message)
})
