import { createHistogram } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeAbove, watchHealth } from './watch-health.ts'

test('the time above a limit is the sum of what reaches it', () => {
  const values = fc.array(fc.integer({ min: 1, max: 2 ** 30 }), { maxLength: 300 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 1000 }), (given, least) => {
      const histogram = createHistogram()
      for (const value of given) histogram.record(value)
      const sum = given.filter((value) => value >= least).reduce((total, value) => total + value, 0)
      expect(Math.abs(timeAbove(histogram, least) - sum)).toBeLessThanOrEqual(sum / 1000)
    }),
  )
})

test('what was before a watch began anew is forgotten', async () => {
  const watch = watchHealth()
  await setTimeout(5)
  const until = performance.now() + 500
  while (performance.now() < until);
  const blocked = performance.now()
  // The histogram hears of it when the loop turns.
  await setTimeout(5)
  // The thread may be delayed from here on too: the bounds are what it measures of itself in the same time.
  const before = performance.eventLoopUtilization()
  watch.restart()
  // Without idle time, the utilization would be 1 whether or not the watch had restarted.
  do await setTimeout(5)
  while (performance.eventLoopUtilization(before).idle === 0)
  const { loopDelayMostUs, busy } = watch.end()
  const { utilization } = performance.eventLoopUtilization(before)
  expect(loopDelayMostUs).toBeLessThanOrEqual((performance.now() - blocked) * 1000)
  expect(busy).toBeLessThanOrEqual(utilization)
})
