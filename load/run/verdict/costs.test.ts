import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Rates } from '../../../reports/load/calibration.ts'
import { solveCosts } from './costs.ts'

/** As many batches of this shape as one second holds. */
function whole(costs: readonly [number, number, number], records: number, bytes: number): Rates {
  const [perAppend, perRecord, perByte] = costs
  const appends = 1 / (perAppend + records * perRecord + records * bytes * perByte)
  return { appends, records: appends * records, bytes: appends * records * bytes }
}

test('the costs are found again that three loads were made from', () => {
  const cost = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(cost(1e-6, 1e-4), cost(1e-7, 1e-6), cost(1e-10, 1e-9)), (costs) => {
      const found = solveCosts([whole(costs, 1, 100), whole(costs, 1000, 100), whole(costs, 15, 65_536)])
      for (const [name, due] of [
        ['perAppend', costs[0]],
        ['perRecord', costs[1]],
        ['perByte', costs[2]],
      ] as const)
        expect(Math.abs((found?.[name] ?? 0) / due - 1), name).toBeLessThan(1e-3)
    }),
  )
})

test('three loads that are alike say nothing', () => {
  const alike = { appends: 1, records: 1, bytes: 1 }
  expect(solveCosts([alike, alike, alike])).toBeUndefined()
})

test('no cost is below nothing', () => {
  const found = solveCosts([
    { appends: 1000, records: 1000, bytes: 100_000 },
    { appends: 900, records: 900_000, bytes: 90_000_000 },
    { appends: 2000, records: 30_000, bytes: 1_966_080_000 },
  ])
  for (const value of Object.values(found ?? {})) expect(value).toBeGreaterThanOrEqual(0)
})
