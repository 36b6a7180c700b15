import { METRICS, REQUIRED } from './metric.ts'
import type { Side } from './play-rounds.ts'
import type { Pool } from './pool.ts'

/** Which metrics have to be decided. */
export interface Requirements {
  readonly names: readonly string[]
  /** One sentence for each that was asked for and could not be told; `compared` are the names of those that could. */
  missing(compared: readonly string[], pools: Readonly<Record<Side, Pool>>): readonly string[]
}

/** Those that the user names must be there; of the usual ones a workload without readers has fewer, and that on both sides. */
export const requirements = (named: readonly string[] | undefined): Requirements => ({
  names: named ?? REQUIRED,
  missing(compared, pools) {
    if (named === undefined && compared.length === 0) return ['no metric could be told of both sides']
    if (named !== undefined)
      return named
        .filter((name) => !compared.includes(name))
        .map(
          (name) =>
            `${name} could not be told: there is none under this workload, or there were too few of it`,
        )
    return REQUIRED.filter((name) => !compared.includes(name) && toldOf(pools).has(name)).map(
      (name) => `${name} could not be told of both sides`,
    )
  },
})

/** A note on what one side has and the other has not, or not enough of. */
export function notCompared(
  compared: readonly string[],
  pools: Readonly<Record<Side, Pool>>,
): readonly string[] {
  const told = toldOf(pools)
  const alone = METRICS.flatMap(({ name }) => (told.has(name) && !compared.includes(name) ? [name] : []))
  return alone.length === 0 || compared.length === 0
    ? []
    : [`told of one side alone, and not compared: ${alone.join(', ')}`]
}

const toldOf = ({ base, head }: Readonly<Record<Side, Pool>>): ReadonlySet<string> =>
  new Set([...base.metrics, ...head.metrics].map(({ name }) => name))
