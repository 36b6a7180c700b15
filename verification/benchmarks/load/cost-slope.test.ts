import { expect, test } from 'vitest'
import { createRandom } from '../../../kit/random.ts'
import { leastOf, slopeOf } from './cost-slope.ts'

const noisy = (slope: number, seed: number) => {
  const random = createRandom(seed)
  return Array.from({ length: 240 }, (_none, at) => ({ at, value: 200 + slope * at + 10 * random() }))
}

test('what grows is seen to grow, by as much as it does', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { slope, low, high } = slopeOf(noisy(0.5, seed))
    expect(Math.abs(slope - 0.5)).toBeLessThan(0.05)
    expect(low, `seed ${seed}`).toBeGreaterThan(0)
    expect(high).toBeGreaterThan(slope)
  }
})

test('what stays as it is is accused of growing no more often than the confidence says', () => {
  const accused = Array.from({ length: 200 }, (_none, seed) => slopeOf(noisy(0, seed + 1))).filter(
    ({ low, high }) => low > 0 || high < 0,
  )
  expect(accused.length).toBeLessThan(30)
})

test('what grows is said to grow by less than it does no more often than the bound says', () => {
  const missed = Array.from({ length: 400 }, (_none, seed) => slopeOf(noisy(0.5, seed + 1))).filter(
    ({ atMost }) => atMost < 0.5,
  )
  expect(missed.length).toBeGreaterThan(8)
  expect(missed.length).toBeLessThan(32)
})

test('a straight line has no doubt', () => {
  const points = Array.from({ length: 24 }, (_none, at) => ({ at, value: 3 * at }))
  const { slope, low, high } = slopeOf(points)
  for (const value of [slope, low, high]) expect(value).toBeCloseTo(3)
})

test('the least of each stretch shows what is kept between collections', () => {
  const random = createRandom(3)
  // Grows by up to 40 between collections that come when they like, and keeps 0.1 more each time.
  let [kept, above] = [200, 0]
  const points = Array.from({ length: 800 }, (_none, at) => {
    above = random() < 0.1 ? 0 : above + 4 * random()
    kept += 0.01
    return { at, value: kept + above }
  })
  const [all, least] = [slopeOf(points), slopeOf(leastOf(points, 33))]
  expect(least.high - least.low).toBeLessThan((all.high - all.low) / 2)
  expect(least.low).toBeLessThan(0.01)
  expect(least.high).toBeGreaterThan(0.01)
  expect(leastOf([{ at: 0, value: 2 }], 33)).toEqual([{ at: 0, value: 2 }])
})

test('few points have no slope', () => {
  expect(() => slopeOf([{ at: 0, value: 1 }])).toThrow(RangeError)
})
