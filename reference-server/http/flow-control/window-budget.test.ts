import { expect, test } from 'vitest'
import { WindowBudget } from './window-budget.ts'

const MIB = 1_048_576

test('the first connections get much, thousands no more than the least beside the budget', () => {
  const budget = new WindowBudget(128 * MIB)
  const windows = Array.from({ length: 3000 }, () => budget.grant())
  expect(windows.slice(0, 3)).toEqual([16 * MIB, 14 * MIB, 12.25 * MIB])
  expect(windows.at(-1)).toBe(65_535)
  const sum = windows.reduce((total, bytes) => total + bytes, 0)
  expect(sum).toBeLessThan(128 * MIB + 3000 * 65_535)
})

test('what is given back is there again', () => {
  const budget = new WindowBudget(128 * MIB)
  const windows = Array.from({ length: 500 }, () => budget.grant())
  for (const bytes of windows) budget.giveBack(bytes)
  expect(budget.grant()).toBe(16 * MIB)
})
