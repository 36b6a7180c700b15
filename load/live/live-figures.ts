import type { Numbers } from '../measure/board.ts'
import { NO_COUNTS, valueAt } from '../measure/counts.ts'
import type { Counts } from '../measure/recorder.ts'
import { numbersSince } from '../run/coordinator/counter-snapshot.ts'
import type { FaultState, LiveMoment } from '../run/coordinator/live-moment.ts'
import type { Workload } from '../workload/workload.ts'

/** Times in microseconds; undefined where nothing was timed. */
export interface Quantiles {
  readonly p50: number | undefined
  readonly p99: number | undefined
  readonly p999: number | undefined
  readonly greatest: number | undefined
}

/** All that the view of a load shows, told by numbers that lie in shared memory: nobody who measures is asked. */
export interface LiveFigures {
  readonly stage: LiveMoment['stage']
  /** Of the plan, warm-up included, in seconds. */
  readonly at: number
  readonly of: number
  readonly perSecond: {
    readonly appends: number
    readonly records: number
    readonly appendedBytes: number
    readonly read: number
    readonly readBytes: number
  }
  /** Of this interval, and of the whole measured time. */
  readonly now: { readonly response: Quantiles; readonly e2e: Quantiles }
  readonly all: { readonly response: Quantiles; readonly e2e: Quantiles }
  readonly lag: number | undefined
  readonly inFlight: number
  readonly refused: number
  readonly unknown: number
  readonly heldBack: number
  readonly tailsFailed: number
  readonly recordsRead: number
  readonly violations: number
  readonly faults: readonly FaultState[]
}

/** Of two moments of one load, the earlier first; the first has none before it. */
export function liveFigures(
  before: LiveMoment | undefined,
  { stage, at, numbers, faults }: LiveMoment,
  { seconds, warmupSeconds }: Pick<Workload, 'seconds' | 'warmupSeconds'>,
): LiveFigures {
  const since: Numbers = before === undefined ? numbers : numbersSince(before.numbers, numbers)
  const span = Math.max(1e-3, at - (before?.at ?? 0))
  const { counted } = numbers
  const per = (amount: number): number => amount / span
  return {
    stage,
    at,
    of: seconds + warmupSeconds,
    perSecond: {
      appends: per(since.counted.acked),
      records: per(since.counted.ackedRecords),
      appendedBytes: per(since.counted.ackedBytes),
      read: per(since.counted.readRecords + since.counted.caughtUpRecords),
      readBytes: per(since.counted.readBytes + since.counted.caughtUpBytes),
    },
    now: {
      response: quantilesOf(before === undefined ? NO_COUNTS : since.timed.response),
      e2e: quantilesOf(before === undefined ? NO_COUNTS : since.timed.e2e),
    },
    all: { response: quantilesOf(numbers.timed.response), e2e: quantilesOf(numbers.timed.e2e) },
    lag: valueAt(numbers.timed.lag, 0.99),
    inFlight: counted.inFlight,
    refused: counted.refused,
    unknown: counted.unknown,
    heldBack: counted.heldBack,
    tailsFailed: counted.checkTailsFailed,
    recordsRead: counted.readRecords + counted.caughtUpRecords,
    violations: counted.violations,
    faults,
  }
}

const quantilesOf = (counts: Counts): Quantiles => ({
  p50: valueAt(counts, 0.5),
  p99: valueAt(counts, 0.99),
  p999: valueAt(counts, 0.999),
  greatest: counts.count === 0 ? undefined : counts.greatest,
})
