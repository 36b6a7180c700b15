import { describe, expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import { expectedTimes, remainingMs } from './remaining-time.ts'

const expected = new Map([
  ['A', 100],
  ['B', 300],
])

describe('the remaining time', () => {
  test('is in proportion to the expected time that is left', () => {
    expect(remainingMs(expected, new Set(['A']), 50)).toBe(150)
    expect(remainingMs(expected, new Set(['B']), 600)).toBe(200)
    expect(remainingMs(expected, new Set(['A', 'B']), 900)).toBe(0)
  })

  test('is unknown at the start', () => {
    expect(remainingMs(expected, new Set(), 50)).toBeUndefined()
    expect(remainingMs(new Map([...expected, ['C', 10_000]]), new Set(['A', 'B']), 50)).toBeUndefined()
    expect(remainingMs(new Map(), new Set(), 50)).toBeUndefined()
  })

  test('is expected of every row, once for each transport', () => {
    const all = expectedTimes(requirements, false)
    expect([...all.values()].filter((ms) => !(ms >= 0))).toEqual([])
    const [first] = requirements.filter(({ on = [] }) => on.length > 1)
    const one = expectedTimes(requirements, true).get(first?.id ?? '') ?? 0
    expect(all.get(first?.id ?? '')).toBe(one * (first?.on?.length ?? 0))
  })
})
