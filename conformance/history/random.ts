import type { Random } from '../../kit/random.ts'

/** The index of one weight, chosen in proportion to it. */
export function pickWeighted(random: Random, weights: readonly number[]): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}

/** A whole number from `from` to `to`, both included. */
export const pickBetween = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1))
