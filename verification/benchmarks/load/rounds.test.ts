import { expect, test } from 'vitest'
import { inRounds, ratioOf, ratioText, valuesOf } from './rounds.ts'

test('contenders take turns forth and back, each once a round', async () => {
  const order: string[] = []
  const contender = (name: string) => ({
    name,
    measure: () => {
      order.push(name)
      return Promise.resolve({ number: order.length })
    },
  })
  const measured = await inRounds(4, [contender('a'), contender('b')])
  expect(order.join('')).toBe('abbaabba')
  expect(valuesOf(measured, 'a', 'number')).toEqual([1, 4, 5, 8])
  expect(valuesOf(measured, 'b', 'number')).toEqual([2, 3, 6, 7])
})

test('a ratio is taken within each round', () => {
  expect(ratioOf([10, 90, 30], [10, 100, 20])).toEqual({ median: 1, least: 0.9, most: 1.5 })
  expect(ratioText({ median: 1, least: 0.9, most: 1.5 })).toBe('1.00 (0.90–1.50)')
  expect(ratioText(ratioOf([1], []))).toBe('not measured')
})
