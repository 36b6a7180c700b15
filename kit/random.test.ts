import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, seedFor, shuffle } from './random.ts'

test('one seed gives one sequence, from 0 up to 1', () => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed)
    return Array.from({ length: 100 }, random)
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  for (const value of draw(7)) expect(value >= 0 && value < 1).toBe(true)
})

test('a shuffle keeps every item', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const shuffled = shuffle(items, createRandom(seed))
      expect(shuffled.toSorted()).toEqual(items.toSorted())
    }),
  )
})

test('parts of a run have seeds of their own', () => {
  const seeds = ['APP-001/json', 'APP-001/s2s', 'APP-002/json'].map((name) => seedFor(1, name))
  expect(new Set(seeds).size).toBe(3)
  expect(seedFor(1, 'APP-001/json')).not.toBe(seedFor(2, 'APP-001/json'))
})
