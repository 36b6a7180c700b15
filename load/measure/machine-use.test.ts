import { cpus } from 'node:os'
import { expect, test } from 'vitest'
import { machineTimes, timesIn, usedSince } from './machine-use.ts'

test('of what was used of this machine it is known how much was our own', () => {
  // The process may lose the processor between any two readings, so each measured value has a lower and an upper bound.
  const outer = readClocks()
  const before = machineTimes()
  const inner = readClocks()
  while (inner.since().cpuMs < 500);
  const [least, shortest] = [inner.since().cpuMs, inner.since().allMs]
  const { own, busy } = usedSince(before)
  const { cpuMs: most, allMs: longest } = outer.since()
  // The system counts the time of all processors in ticks.
  expect(own).toBeGreaterThan((0.8 * least) / longest)
  expect(own).toBeLessThan((1.25 * most) / shortest)
  expect(own).toBeLessThan(busy * 1.25)
})

/** The CPU time of this process, and the time of all processors, in milliseconds since the call. */
function readClocks(): { since(): { readonly cpuMs: number; readonly allMs: number } } {
  const [began, used] = [performance.now(), process.cpuUsage()]
  return {
    since() {
      const { user, system } = process.cpuUsage(used)
      return { cpuMs: (user + system) / 1000, allMs: (performance.now() - began) * cpus().length }
    },
  }
}

test('who waits for a disk is not busy, and the time of that is time all the same', () => {
  const stat = 'cpu  300 20 80 100 1000 10 40 50 0 0\ncpu0 150 10 40 50 500 5 20 25 0 0\n'
  expect(timesIn(stat)).toEqual({ busy: 4500, all: 16_000, stolen: 500 })
  expect(timesIn('')).toBeUndefined()
})
