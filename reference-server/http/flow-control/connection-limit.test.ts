import { expect, test } from 'vitest'
import { connectionLimit } from './connection-limit.ts'

test.each([
  [1024, 768],
  [20_000, 10_000],
  [Number.POSITIVE_INFINITY, 10_000],
  [1, 1],
])('of %d open files, %d are connections', (files, connections) => {
  expect(connectionLimit(files)).toBe(connections)
})

test('knows how many this process may have open', () => {
  expect(connectionLimit()).toBeGreaterThan(100)
})
