import { nounFor } from '../../kit/text/how-many.ts'
import type { CapacityStep } from '../../reports/load/capacity.ts'
import type { LoadResult } from '../../reports/load/result.ts'
import { milliseconds, number } from '../../reports/load/words.ts'
import { meanOf, NO_COUNTS } from '../measure/counts.ts'
import { countsOf } from '../measure/decode-counts.ts'
import type { Counts } from '../measure/recorder.ts'
import { isOtherLoad } from '../run/verdict/failed-part.ts'
import { addedTo, latenesses } from '../run/verdict/lateness.ts'
import { isBehind } from '../run/verdict/progress.ts'
import { describeObjective, measuredOf, type Objective } from './objective.ts'

export interface Asked {
  readonly perSecond: number
  readonly objectives: readonly Objective[]
  /** Whether a step may fail for what others did on this machine. */
  readonly allowSuspect: boolean
}

/** What one run at one rate says of it. */
export function judgeStep(asked: Asked, result: LoadResult): CapacityStep {
  const values = Object.fromEntries(
    asked.objectives.flatMap((objective) => {
      const value = measuredOf(result, objective)
      return value === undefined ? [] : [[`${objective.latency}-${objective.statistic}`, value]]
    }),
  )
  const { verdict: run, reasons, appends } = result
  const acked = appends.perSecond.appends
  return { perSecond: asked.perSecond, acked, run, reasons, values, ...judge(result, asked) }
}

type Judged = Pick<CapacityStep, 'verdict' | 'why'>

/**
 * What keeps a generator from its plan makes answers seem later and never earlier, and so do others who use the machine: a
 * doubtful run that holds an objective holds it. One that does not decides nothing where others kept the machine from the
 * target, nor where it is no further off than the generator was late. What failed in numbers did so whoever was late.
 */
function judge(result: LoadResult, { objectives, allowSuspect }: Asked): Judged {
  const { integrity, verdict, interrupted, reasons } = result
  if (integrity.verdict === 'violated') return { verdict: 'violated', why: 'records were lost or changed' }
  if (interrupted) return { verdict: 'inconclusive', why: 'interrupted' }
  const short = shortfall(result)
  if (short !== undefined && isRefused(result)) return { verdict: 'fails', why: short }
  if (integrity.verdict === 'incomplete')
    return { verdict: 'inconclusive', why: 'not everything could be read' }
  if (verdict === 'INVALID') return { verdict: 'inconclusive', why: reasons[0] ?? verdict }
  const fails = (what: string, isExcused: boolean): Judged => {
    const excuse = (isExcused ? reasons[0] : undefined) ?? (allowSuspect ? undefined : ofOthers(result))
    return excuse === undefined
      ? { verdict: 'fails', why: what }
      : { verdict: 'inconclusive', why: `${what}, and ${excuse}` }
  }
  const off = (objective: Objective): number => (measuredOf(result, objective) ?? 0) - objective.belowUs
  const isOwn = (objective: Objective): boolean =>
    verdict === 'SUSPECT' && off(objective) <= ownPart(result, objective)
  const broken = objectives.filter((objective) => off(objective) >= 0)
  const clear = broken.find((objective) => !isOwn(objective))
  // A generator that was late excuses what is missing, and no answer that came later than that.
  if (short !== undefined && !(clear !== undefined && isLate(result))) return fails(short, isLate(result))
  if (clear !== undefined) return fails(told(result, [clear]), false)
  const untold = objectives.find((objective) => measuredOf(result, objective) === undefined)
  if (untold !== undefined)
    return { verdict: 'inconclusive', why: `${describeObjective(untold)}: too few values to tell` }
  return broken.length === 0
    ? { verdict: 'holds', why: told(result, objectives) }
    : fails(told(result, broken), true)
}

const isRefused = ({ appends: { untimed = 0 }, latencies: { response } }: LoadResult): boolean =>
  isOtherLoad({ untimed, timed: response?.count ?? 0 })

/** The first doubt that is of whoever else uses this machine: the target had less of it than it should, however punctual the generator. */
const ofOthers = ({ reasons, reasonsOf = [] }: LoadResult): string | undefined =>
  reasons.find((_reason, at) => reasonsOf[at] === 'others')

/** What the target did not take of what it was given; undefined where it took all. */
function shortfall({ appends: { refused, unknown, unfinished, progress } }: LoadResult): string | undefined {
  const failed = refused + unknown + unfinished
  if (failed > 0) return `${number(failed)} ${nounFor(failed, 'appends')} failed`
  return progress !== undefined && isBehind(progress)
    ? `${number(progress.acked)} of ${number(progress.due)} appends that were due were acknowledged`
    : undefined
}

const lagOf = ({ latencies: { lag } }: LoadResult): Counts => (lag === undefined ? NO_COUNTS : countsOf(lag))

/** As the run itself is asked. */
const isLate = (result: LoadResult): boolean => {
  const { response } = result.latencies
  return response !== undefined && latenesses(lagOf(result), countsOf(response)).length > 0
}

/** What the generator may have added to what this objective is about, in microseconds. */
function ownPart(result: LoadResult, { statistic }: Objective): number {
  const lag = lagOf(result)
  if (statistic === 'max') return 2 * lag.greatest
  if (statistic === 'mean') return 2 * (meanOf(lag) ?? 0)
  return addedTo(Number(statistic.slice(1)) / 100, lag)
}

const told = (result: LoadResult, objectives: readonly Objective[]): string =>
  objectives
    .map((each) => `${each.latency}-${each.statistic} ${milliseconds(measuredOf(result, each))} ms`)
    .join(', ')
