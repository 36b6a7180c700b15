import { nounFor } from '../../reports/how-many.ts'
import type { CapacityStep } from '../../reports/load/capacity.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { milliseconds, number } from '../../reports/load/words.ts'
import { SECOND_US } from '../measure/clock.ts'
import { describeObjective, measuredOf, type Objective } from './objective.ts'

/** Fewer acks than this part of what was planned are not what was asked for. */
const SHORT = 0.99
const LATE_US = 1000

/** What one run at one rate says of it; seconds of warm-up. */
export function judgeStep(
  { perSecond, warmupSeconds }: { readonly perSecond: number; readonly warmupSeconds: number },
  result: LoadResult,
  objectives: readonly Objective[],
): CapacityStep {
  const values = Object.fromEntries(
    objectives.flatMap((objective) => {
      const value = measuredOf(result, objective)
      return value === undefined ? [] : [[`${objective.latency}-${objective.statistic}`, value]]
    }),
  )
  const { verdict: run, reasons, appends } = result
  const acked = appends.perSecond.appends
  return { perSecond, acked, run, reasons, values, ...judge(result, warmupSeconds, objectives) }
}

/**
 * What keeps a generator from its plan makes answers seem later and never earlier: a doubtful run that holds an objective
 * holds it, and one that does not decides nothing, unless it is further off than the generator was late.
 */
function judge(
  result: LoadResult,
  warmupSeconds: number,
  objectives: readonly Objective[],
): Pick<CapacityStep, 'verdict' | 'why'> {
  const { integrity, verdict, interrupted } = result
  if (integrity.verdict === 'violated') return { verdict: 'violated', why: 'records were lost or changed' }
  if (interrupted) return { verdict: 'inconclusive', why: 'interrupted' }
  if (integrity.verdict === 'incomplete')
    return { verdict: 'inconclusive', why: 'not everything could be read' }
  const doubtful = { verdict: 'inconclusive', why: result.reasons[0] ?? verdict } as const
  if (verdict === 'INVALID') return doubtful
  const short = shortfall(result, warmupSeconds)
  if (short !== undefined) return isLate(result) ? doubtful : { verdict: 'fails', why: short }
  const untold = objectives.find((objective) => measuredOf(result, objective) === undefined)
  if (untold !== undefined)
    return { verdict: 'inconclusive', why: `${describeObjective(untold)}: too few values to tell` }
  const off = (objective: Objective): number => (measuredOf(result, objective) ?? 0) - objective.belowUs
  const broken = objectives.find((objective) => off(objective) >= 0)
  if (broken === undefined) return { verdict: 'holds', why: told(result, objectives) }
  const own = 2 * (result.latencies.lag?.quantiles.p99 ?? 0)
  return verdict === 'VALID' || off(broken) > own
    ? { verdict: 'fails', why: told(result, [broken]) }
    : { verdict: 'inconclusive', why: `${told(result, [broken])}, and ${doubtful.why}` }
}

/** What the target did not take of what it was given; undefined where it took all. */
function shortfall(result: LoadResult, warmupSeconds: number): string | undefined {
  const { refused, unknown, unfinished, plannedPerSecond = 0, perSecond } = result.appends
  const failed = refused + unknown + unfinished
  if (failed > 0) return `${number(failed)} ${nounFor(failed, 'appends')} failed`
  return perSecond.appends < plannedPerSecond * partDue(result, warmupSeconds) * SHORT
    ? `${number(perSecond.appends, 1)} of ${number(plannedPerSecond, 1)} appends/s were acknowledged`
    : undefined
}

/** Acks follow their appends after the mean response time: as much of it as no warm-up covers has none. */
function partDue(
  { appends: { seconds }, latencies: { response } }: LoadResult,
  warmupSeconds: number,
): number {
  const uncovered = Math.max(0, (response?.mean ?? 0) / SECOND_US - warmupSeconds)
  return Math.max(0, 1 - uncovered / seconds)
}

/** The generator may be late by a tenth of what it measures, or a millisecond. */
function isLate({ latencies }: LoadResult): boolean {
  const lag = latencies.lag?.quantiles.p99 ?? 0
  return lag > Math.max(LATE_US, (latencies.response?.quantiles.p99 ?? 0) / 10)
}

const told = (result: LoadResult, objectives: readonly Objective[]): string =>
  objectives
    .map((each) => `${each.latency}-${each.statistic} ${milliseconds(measuredOf(result, each))} ms`)
    .join(', ')
