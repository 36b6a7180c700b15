import { expect, test } from 'vitest'
import { calibrate } from './calibrate.ts'

test('every ceiling is above nothing, and what was read was verified', { timeout: 120_000 }, async () => {
  const steps: string[] = []
  const found = await calibrate(1, (what) => steps.push(what))
  expect(steps.length).toBe(6)
  const { floor, lag, ...ceilings } = found
  for (const [name, value] of Object.entries(ceilings)) expect(value, name).toBeGreaterThan(0)
  expect(floor.p99).toBeGreaterThanOrEqual(floor.p50)
  expect(lag.p99).toBeGreaterThanOrEqual(lag.p50)
})
