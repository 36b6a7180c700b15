import type { ComparedMetric } from '../../reports/load/comparison.ts'
import { REQUIRED } from './metric.ts'

/** Which metrics have to be decided. */
export interface Requirements {
  readonly names: readonly string[]
  /** One sentence for each that was asked for and could not be told. */
  missing(metrics: readonly ComparedMetric[]): readonly string[]
}

/** Those that the user names must be there; of the usual ones a workload without readers has fewer. */
export const requirements = (named: readonly string[] | undefined): Requirements => ({
  names: named ?? REQUIRED,
  missing(metrics) {
    const told = new Set(metrics.map(({ name }) => name))
    if (named === undefined) return told.size > 0 ? [] : ['no metric could be told of both sides']
    return named
      .filter((name) => !told.has(name))
      .map(
        (name) => `${name} could not be told: there is none under this workload, or there were too few of it`,
      )
  },
})
