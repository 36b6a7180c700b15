import type { Bounded, Decision } from '../../reports/load/comparison.ts'

export interface TestPlan {
  readonly change: Bounded
  readonly better: 'smaller' | 'bigger'
  /** The smallest change that matters, as a part. */
  readonly minEffect: number
  /** What base differs from itself by at most; undefined where that was not measured. */
  readonly noise: number | undefined
}

/**
 * A change counts when nothing else explains it: the interval leaves out "none", and the change is at least the smallest
 * that matters and more than what base does against itself. No difference is as much a finding: the interval leaves out
 * all that matters, or is no wider than what matters and the change itself is less. Everything else is too noisy to tell.
 */
export function decide({ change, better, minEffect, noise = 0 }: TestPlan): Decision {
  const sign = better === 'smaller' ? 1 : -1
  // Logarithms, as twice as slow and half as fast are the same thing.
  const size = (part: number): number => Math.log1p(part)
  const ends = [sign * size(change.low), sign * size(change.high)]
  const [low, high, worse] = [Math.min(...ends), Math.max(...ends), sign * size(change.value)]
  const counts = size(Math.max(minEffect, noise))
  if (low > 0 && worse >= counts) return 'regressed'
  if (high < 0 && worse <= -counts) return 'improved'
  const matters = size(minEffect)
  const isTold = high - low <= matters || (low > -matters && high < matters)
  return isTold && noise <= minEffect ? 'no-difference' : 'too-noisy'
}

/** The most that an interval of base against itself allows, as a part. */
export const noiseOf = ({ low, high }: Bounded): number =>
  Math.expm1(Math.max(Math.abs(Math.log1p(low)), Math.abs(Math.log1p(high))))
