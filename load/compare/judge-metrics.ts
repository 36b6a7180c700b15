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
  /** Where nothing can be run again: what is worse by more than chance, with all metrics looked at together. */
  readonly beyondChance?: ReadonlySet<string>
}

/**
 * Decides on each metric. A regression that a rerun does not show again is chance, and too noisy to tell, and so is one that
 * is not beyond it where there is no rerun. That it exceeds
 * what base does against itself need be shown only once: that it is there, and large enough to matter, twice.
 */
export function judgeMetrics(
  { changes, noise, rerun, beyondChance }: Changes,
  { minEffect, required }: Criteria,
): readonly ComparedMetric[] {
  return changes.map(({ metric: { name, unit, better }, base, head, change }) => {
    const own = find(noise, name)
    const ofNoise = own === undefined ? undefined : noiseOf(own.change)
    // Where noise was to be measured and could not be, it may be anything.
    const atMost = noise === undefined ? undefined : (ofNoise ?? Number.POSITIVE_INFINITY)
    const question = { better, minEffect, noise: atMost }
    const first = decide({ ...question, change })
    const again = find(rerun, name)
    const second =
      again === undefined
        ? undefined
        : {
            change: again.change,
            decision: decide({ better, minEffect, noise: undefined, change: again.change }),
          }
    const isSeenAgain = rerun === undefined || second?.decision === first
    const isChance = first === 'regressed' && !(isSeenAgain && beyondChance?.has(name) !== false)
    return {
      name,
      unit,
      better,
      isRequired: required.includes(name),
      base,
      head,
      change,
      ...(ofNoise !== undefined && { noise: ofNoise }),
      decision: isChance ? 'too-noisy' : first,
      ...(second !== undefined && { rerun: second }),
    }
  })
}

const find = (changes: readonly MetricChange[] | undefined, name: string): MetricChange | undefined =>
  changes?.find(({ metric }) => metric.name === name)
