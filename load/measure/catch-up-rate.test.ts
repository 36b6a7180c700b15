import { expect, test } from 'vitest'
import { catchUpFigures } from './catch-up-rate.ts'

test('what was over within a second has no rate', () => {
  const amounts = { seconds: 0.999, records: 2000, bytes: 5000 }
  expect(catchUpFigures(amounts)).toEqual(amounts)
})

test('what took a second has one', () => {
  const amounts = { seconds: 2, records: 2000, bytes: 5000 }
  expect(catchUpFigures(amounts)).toEqual({ ...amounts, perSecond: { records: 1000, bytes: 2500 } })
})
