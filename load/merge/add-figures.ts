import {
  type AppendFigures,
  type CatchUpFigures,
  INTEGRITIES,
  type Integrity,
  type Interval,
  type LoadResult,
  type Quantiles,
  type ReadAmounts,
  type ReadFigures,
} from '../../reports/load/result.ts'
import { addCounts } from '../measure/add-counts.ts'
import { catchUpFigures } from '../measure/catch-up-rate.ts'

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

/** Each rate is over the seconds of its own machine. */
export function addAppends(all: readonly AppendFigures[]): AppendFigures {
  const waits = all.flatMap(({ waited }) => waited ?? [])
  const untimed = sum(all, (each) => each.untimed ?? 0)
  const planned = all.flatMap(({ plannedPerSecond }) => plannedPerSecond ?? [])
  const progress = all.flatMap((each) => each.progress ?? [])
  return {
    seconds: Math.max(...all.map(({ seconds }) => seconds)),
    acked: sum(all, ({ acked }) => acked),
    perSecond: {
      appends: sum(all, ({ perSecond }) => perSecond.appends),
      records: sum(all, ({ perSecond }) => perSecond.records),
      bytes: sum(all, ({ perSecond }) => perSecond.bytes),
    },
    ...(planned.length > 0 && { plannedPerSecond: sum(planned, (rate) => rate) }),
    ...(progress.length === all.length && {
      progress: { due: sum(progress, ({ due }) => due), acked: sum(progress, ({ acked }) => acked) },
    }),
    refused: sum(all, ({ refused }) => refused),
    unknown: sum(all, ({ unknown }) => unknown),
    unfinished: sum(all, ({ unfinished }) => unfinished),
    ...(untimed > 0 && { untimed }),
    heldBack: sum(all, ({ heldBack }) => heldBack),
    ...(waits.length > 0 && {
      waited: { count: sum(waits, ({ count }) => count), us: sum(waits, ({ us }) => us) },
    }),
    endings: addCounts(all.map(({ endings }) => endings)),
  }
}

/** What was read in the same time. Undefined for none. */
export const addReads = (all: readonly ReadFigures[]): ReadFigures | undefined =>
  all.length === 0
    ? undefined
    : {
        ...inAll(all),
        perSecond: {
          records: sum(all, ({ perSecond }) => perSecond.records),
          bytes: sum(all, ({ perSecond }) => perSecond.bytes),
        },
      }

/**
 * What was caught up with: each begins when its own appends have ended, and is over when it has them all, so that rates of
 * different times are not added; so much in all took as long as the longest. Undefined for none.
 */
export const addCatchUps = (all: readonly CatchUpFigures[]): CatchUpFigures | undefined =>
  all.length === 0 ? undefined : catchUpFigures(inAll(all))

const inAll = (all: readonly ReadAmounts[]): ReadAmounts => ({
  seconds: Math.max(...all.map(({ seconds }) => seconds)),
  records: sum(all, ({ records }) => records),
  bytes: sum(all, ({ bytes }) => bytes),
})

/** Each reads what it has written itself, so that what was found adds up. */
export function addIntegrity(
  parts: readonly { readonly name: string; readonly result: LoadResult }[],
): Integrity {
  const all = parts.map(({ result }) => result.integrity)
  const verdicts = all.map(({ verdict }) => verdict)
  return {
    verdict: INTEGRITIES.findLast((verdict) => verdicts.includes(verdict)) ?? 'incomplete',
    recordsRead: sum(all, ({ recordsRead }) => recordsRead),
    readers: sum(all, ({ readers }) => readers),
    violations: addCounts(all.map(({ violations }) => violations)),
    first: all.flatMap(({ first }) => first),
    notes: parts.flatMap(({ name, result }) => result.integrity.notes.map((note) => `${name}: ${note}`)),
  }
}

/** The first seconds together, then the second ones; one that ended early is missing from those that it did not see. */
export function addSeries(all: readonly (readonly Interval[])[]): readonly Interval[] {
  const length = Math.max(...all.map((series) => series.length))
  return Array.from({ length }, (_none, index) => addIntervals(all.flatMap((series) => series[index] ?? [])))
}

function addIntervals(all: readonly Interval[]): Interval {
  const response = highest(all.flatMap((each) => each.response ?? []))
  const e2e = highest(all.flatMap((each) => each.e2e ?? []))
  return {
    at: Math.max(...all.map(({ at }) => at)),
    appends: sum(all, ({ appends }) => appends),
    bytes: sum(all, ({ bytes }) => bytes),
    records: sum(all, ({ records }) => records),
    read: sum(all, ({ read }) => read),
    ...(response !== undefined && { response }),
    ...(e2e !== undefined && { e2e }),
  }
}

/** Of an interval no histogram is kept. Of several machines together no quantile exceeds the highest of theirs. */
const highest = (all: readonly Quantiles[]): Quantiles | undefined =>
  all.length === 0
    ? undefined
    : {
        p50: Math.max(...all.map(({ p50 }) => p50)),
        p99: Math.max(...all.map(({ p99 }) => p99)),
        greatest: Math.max(...all.map(({ greatest }) => greatest)),
      }
