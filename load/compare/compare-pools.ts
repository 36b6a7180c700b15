import { createRandom, type Random } from '../../kit/random.ts'
import type { Bounded } from '../../reports/load/comparison.ts'
import { boundedBy, LITTLE } from './interval.ts'
import type { Metric } from './metric.ts'
import type { Pool } from './pool.ts'

export interface Resampling {
  /** Block i of one side ran beside block i of the other, and what befell the machine befell both. */
  readonly paired: boolean
  readonly seed: number
}

export interface MetricChange {
  readonly metric: Metric
  readonly base: Bounded
  readonly head: Bounded
  readonly change: Bounded
}

/** Of fewer blocks than these their spread is not known, and no interval is worth anything. */
export const LEAST_BLOCKS = 4
const RESAMPLES = 1000

/**
 * Bootstrap over blocks: each metric that both sides tell, with intervals. Nothing of fewer than `LEAST_BLOCKS`, and no rate that
 * is nothing in base; one that is nothing in head is all that it was less.
 */
export function comparePools(base: Pool, head: Pool, { paired, seed }: Resampling): readonly MetricChange[] {
  const blocks = Math.min(base.size, head.size)
  if (blocks < LEAST_BLOCKS) return []
  const told = new Set(head.metrics)
  const metrics = base.metrics.filter((metric) => told.has(metric))
  const measured = measureBoth(metrics, { base, head }, ones(base.size), ones(head.size))
  const random = createRandom(seed)
  const resampled = Array.from({ length: RESAMPLES }, () => {
    const weights = draw(base.size, random)
    return measureBoth(metrics, { base, head }, weights, paired ? weights : draw(head.size, random))
  })
  return metrics.flatMap((metric, at) => {
    const bounded = (of: (pair: Values) => number): Bounded =>
      boundedBy(
        of(valuesAt(measured, at)),
        resampled.map((each) => of(valuesAt(each, at))),
        blocks,
      )
    const whole = valuesAt(measured, at).base
    if (whole === 0) return []
    const change = asPart(bounded((values) => ratioOf(values, whole * LITTLE)))
    return [
      { metric, base: bounded((values) => values.base), head: bounded((values) => values.head), change },
    ]
  })
}

/** Where a resample drew none but blocks of nothing, there is a little all the same. */
const ratioOf = ({ base, head }: Values, little: number): number =>
  Math.max(head, little) / Math.max(base, little)

const asPart = ({ value, low, high }: Bounded): Bounded => ({
  value: value - 1,
  low: low - 1,
  high: high - 1,
})

interface Values {
  readonly base: number
  readonly head: number
}

interface Both<Of> {
  readonly base: Of
  readonly head: Of
}

const measureBoth = (
  metrics: readonly Metric[],
  { base, head }: Both<Pool>,
  baseWeights: readonly number[],
  headWeights: readonly number[],
): Both<readonly number[]> => ({
  base: base.measure(metrics, baseWeights),
  head: head.measure(metrics, headWeights),
})

const valuesAt = ({ base, head }: Both<readonly number[]>, at: number): Values => ({
  base: base[at] ?? Number.NaN,
  head: head[at] ?? Number.NaN,
})

const ones = (size: number): readonly number[] => Array.from({ length: size }, () => 1)

/** How often each of `size` blocks comes when as many are drawn and put back. */
export function draw(size: number, random: Random): readonly number[] {
  const weights = Array.from({ length: size }, () => 0)
  for (let drawn = 0; drawn < size; drawn++) {
    const block = Math.floor(random() * size)
    weights[block] = (weights[block] ?? 0) + 1
  }
  return weights
}
