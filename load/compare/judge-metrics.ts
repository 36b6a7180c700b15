import type { ComparedMetric } from '../../reports/load/comparison.ts'
import type { MetricChange } from './compare-pools.ts'
import { decide, noiseOf } from './decide.ts'

export interface Criteria {
  readonly minEffect: number
  /** Names of metrics that have to be decided. */
  readonly required: readonly string[]
}

export interface Changes {
  readonly changes: readonly MetricChange[]
  /** Of base against itself. */
  readonly noise?: readonly MetricChange[]
  /** Of the same comparison again, after it found a regression. */
  readonly rerun?: readonly MetricChange[]
}

/** Decides on each metric. A regression that a rerun does not show again is chance, and too noisy to tell. */
export function judgeMetrics(
  { changes, noise, rerun }: Changes,
  { minEffect, required }: Criteria,
): readonly ComparedMetric[] {
  return changes.map(({ metric: { name, unit, better }, base, head, change }) => {
    const own = find(noise, name)
    const ofNoise = own === undefined ? undefined : noiseOf(own.change)
    const question = { better, minEffect, noise: ofNoise }
    const first = decide({ ...question, change })
    const again = find(rerun, name)
    const second =
      again === undefined
        ? undefined
        : { change: again.change, decision: decide({ ...question, change: again.change }) }
    return {
      name,
      unit,
      better,
      isRequired: required.includes(name),
      base,
      head,
      change,
      ...(ofNoise !== undefined && { noise: ofNoise }),
      decision:
        first === 'regressed' && second !== undefined && second.decision !== first ? 'too-noisy' : first,
      ...(second !== undefined && { rerun: second }),
    }
  })
}

const find = (changes: readonly MetricChange[] | undefined, name: string): MetricChange | undefined =>
  changes?.find(({ metric }) => metric.name === name)
