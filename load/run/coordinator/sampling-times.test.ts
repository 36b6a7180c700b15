import fc from 'fast-check'
import { expect, test } from 'vitest'
import { samplingTimes } from './sampling-times.ts'

test('whole seconds have a look at both ends and between each two, however long the warm-up is', () => {
  const thousandths = fc.integer({ min: 0, max: 10_000 })
  fc.assert(
    fc.property(thousandths, fc.integer({ min: 1, max: 1000 }), (warmup, seconds) => {
      expect([...samplingTimes({ warmupSeconds: warmup / 1000, seconds })].length).toBe(seconds + 1)
    }),
  )
})

test('the last second may be shorter', () => {
  expect([...samplingTimes({ warmupSeconds: 1, seconds: 2.5 })]).toEqual([1, 2, 3, 3.5])
  expect([...samplingTimes({ warmupSeconds: 0, seconds: 0.1 })]).toEqual([0, 0.1])
})
