import { cpus } from 'node:os'
import { expect, test } from 'vitest'
import { machineTimes, timesIn, usedSince } from './machine-use.ts'

test('of what was used of this machine it is known how much was our own', () => {
  const [before, began, ownBefore] = [machineTimes(), performance.now(), process.cpuUsage()]
  const used = (): number => {
    const { user, system } = process.cpuUsage(ownBefore)
    return (user + system) / 1000
  }
  while (used() < 500);
  const { own, busy } = usedSince(before)
  const due = used() / ((performance.now() - began) * cpus().length)
  expect(own / due).toBeGreaterThan(0.8)
  expect(own / due).toBeLessThan(1.25)
  // The system counts in ticks.
  expect(own).toBeLessThan(busy * 1.25)
})

test('who waits for a disk is not busy, and the time of that is time all the same', () => {
  const stat = 'cpu  300 20 80 100 1000 10 40 50 0 0\ncpu0 150 10 40 50 500 5 20 25 0 0\n'
  expect(timesIn(stat)).toEqual({ busy: 4500, all: 16_000, stolen: 500 })
  expect(timesIn('')).toBeUndefined()
})
