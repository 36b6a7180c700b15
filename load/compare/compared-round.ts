import type { ComparedRound } from '../../reports/load/comparison.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { isWorth, type Side } from './play-rounds.ts'
import { poolRounds } from './pool.ts'
import { roundOf } from './round.ts'

/** One round as a comparison keeps it: its verdicts, and the value of each metric that it tells by itself. */
export function comparedRound(phase: ComparedRound['phase'], side: Side, result: LoadResult): ComparedRound {
  const pool = poolRounds(isWorth(result) ? [roundOf(result)] : [])
  const values = pool.measure(pool.metrics, [1])
  return {
    phase,
    side,
    verdict: result.verdict,
    reasons: result.reasons,
    ...(result.reasonsOf !== undefined && { reasonsOf: result.reasonsOf }),
    ...(result.sharedMachine === true && { sharedMachine: true }),
    integrity: result.integrity,
    values: Object.fromEntries(pool.metrics.map(({ name }, at) => [name, values[at] ?? 0])),
  }
}
