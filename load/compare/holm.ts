import type { MetricChange } from './compare-pools.ts'
import { beyondStudent, CONFIDENCE, studentT } from './student.ts'

/** To accuse by chance, of whatever metric. */
const ALPHA = (1 - CONFIDENCE) / 2

/**
 * Names of the metrics that are worse by more than chance, all of them looked at together (Holm, 1979): of 13 metrics, each
 * wrong 2.5 times in 100, one or another is worse by chance in every tenth comparison or so. A gate runs again what it
 * found; of finished results nothing can be. Holm's and not the required metrics alone: a tail that has regressed beyond
 * doubt is still accused, four required ones would still be wrong four times as often, and it asks for no independence,
 * which quantiles of one histogram do not have. It costs power where runs are few: of 4 a side a change is found that is eight
 * times its own error, of 6 one of five times.
 */
export function beyondChance(changes: readonly MetricChange[], blocks: number): ReadonlySet<string> {
  const ranked = changes
    .map((change) => ({ name: change.metric.name, chance: chanceOf(change, blocks - 1) }))
    .toSorted((one, other) => one.chance - other.chance)
  const first = ranked.findIndex(({ chance }, rank) => chance > ALPHA / (ranked.length - rank))
  return new Set(ranked.slice(0, first < 0 ? ranked.length : first).map(({ name }) => name))
}

/** How often chance alone makes it as much worse as that, from its interval (see `boundedBy`). */
function chanceOf({ metric: { better }, change }: MetricChange, degrees: number): number {
  const worse = Math.log1p(change.value) * (better === 'smaller' ? 1 : -1)
  if (worse <= 0) return 1
  const half = (Math.log1p(change.high) - Math.log1p(change.low)) / 2
  return beyondStudent((worse / half) * studentT(degrees), degrees)
}
