import { cpus } from 'node:os'
import { expect, test } from 'vitest'
import { machineTimes, usedSince } from './machine-use.ts'

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
