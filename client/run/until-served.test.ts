import { expect, test } from 'vitest'
import type { Clock } from '../../kit/clock.ts'
import { ConformanceFailure } from '../failures.ts'
import { untilServed } from './eventually.ts'

/** A basin that answers so, one after the other, and on and on with the last of them; and a clock that waits move on. */
function basinAnswering(...statuses: readonly number[]) {
  let [asked, now] = [0, 0]
  const clock: Clock = {
    now: () => now,
    after(milliseconds, fire) {
      now += milliseconds
      queueMicrotask(fire)
      return () => {}
    },
  }
  const basin = {
    name: 'basin',
    listStreams: async () => ({
      status: statuses[Math.min(asked++, statuses.length - 1)] ?? 0,
      headers: {},
      value: undefined,
      error: undefined,
      body: new Uint8Array(),
    }),
  }
  return untilServed(basin, clock, new AbortController().signal)
}

test('a basin that is served at once takes no time, and one that is not does (CP-BAS-045)', async () => {
  expect(await basinAnswering(200)).toEqual({ tookTime: false })
  expect(await basinAnswering(404)).toEqual({ tookTime: false })
  expect(await basinAnswering(503, 503, 200)).toEqual({ tookTime: true })
})

test('one that is never served is a finding', async () => {
  await expect(basinAnswering(503)).rejects.toThrow(ConformanceFailure)
})
