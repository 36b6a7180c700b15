import type { BasinSet, MetricsRange } from './metrics-query.ts'
import { accumulate, type Point, readings } from './timeseries.ts'
import {
  COUNTED_FOR_ACCOUNT,
  COUNTED_FOR_BASIN,
  type Counter,
  type MinuteOfUsage,
  READ_KINDS,
  seriesOf,
} from './usage.ts'

type Unit = 'bytes' | 'operations'

/** As it is answered: one key says what it is (CP-MET-030, CP-MET-031). */
export type Metric =
  | { readonly accumulation: Accumulation }
  | { readonly gauge: { readonly name: string; readonly unit: Unit; readonly values: readonly Point[] } }
  | { readonly label: { readonly name: string; readonly values: readonly string[] } }

interface Accumulation {
  readonly name: string
  readonly unit: Unit
  readonly interval: MetricsRange['interval']
  readonly values: readonly Point[]
}

/** `active-basins`: those that had a stream at any time of the range (CP-MET-032). */
export const activeBasins = (names: readonly string[]): readonly Metric[] => [
  { label: { name: 'active_basins', values: names } },
]

/** `account-ops`: one series for each operation that there was (CP-MET-032). */
export const accountOperations = (usage: readonly MinuteOfUsage[], range: MetricsRange): readonly Metric[] =>
  operationSeries(COUNTED_FOR_ACCOUNT, usage, range)

/** All sets of a basin but storage (CP-MET-032). */
export function basinMetrics(
  set: Exclude<BasinSet, 'storage'>,
  usage: readonly MinuteOfUsage[],
  range: MetricsRange,
): readonly Metric[] {
  const one = (name: string, unit: Unit, counter: Counter) =>
    accumulation(name, unit, seriesOf(usage, counter), range)
  switch (set) {
    case 'basin-ops':
      return operationSeries(COUNTED_FOR_BASIN, usage, range)
    case 'append-ops':
      return storageClasses(usage).map((name) => one(name, 'operations', `append-ops:${name}`))
    case 'append-throughput':
      return storageClasses(usage).map((name) => one(name, 'bytes', `append-bytes:${name}`))
    case 'read-ops':
      return READ_KINDS.map((name) => one(name, 'operations', `read-ops:${name}`))
    case 'read-throughput':
      return [one('read_throughput', 'bytes', 'read-bytes')]
  }
}

/**
 * `storage` of a basin or a stream in metered bytes (CP-MET-032), from what is stored now, undefined where there is none of
 * this name, and the changes in every minute from the start of the range to now. Of a name that is not known there is
 * no point (CP-MET-022).
 */
export function storage(
  usage: readonly MinuteOfUsage[],
  stored: number | undefined,
  range: MetricsRange,
  now: number,
): readonly Metric[] {
  const changes = [...seriesOf(usage, 'stored-bytes')]
  const isKnown = stored !== undefined || changes.length > 0
  const values = isKnown ? readings(changes, stored ?? 0, range, now) : []
  return [{ gauge: { name: 'storage', unit: 'bytes', values } }]
}

function operationSeries(
  operations: readonly Counter[],
  usage: readonly MinuteOfUsage[],
  range: MetricsRange,
): readonly Metric[] {
  const series = operations.map((name) => accumulation(name, 'operations', seriesOf(usage, name), range))
  return series.filter(({ accumulation: { values } }) => values.length > 0)
}

function accumulation(
  name: string,
  unit: Unit,
  counts: Iterable<Point>,
  range: MetricsRange,
): { readonly accumulation: Accumulation } {
  return { accumulation: { name, unit, interval: range.interval, values: accumulate(counts, range) } }
}

/** The two there always are, and any other that was appended to. */
function storageClasses(usage: readonly MinuteOfUsage[]): readonly string[] {
  const seen = usage
    .flatMap(({ counts }) => [...counts.keys()])
    .map((name) => /^append-\w+:(.*)$/s.exec(name)?.[1])
  return [...new Set(['standard', 'express', ...seen.filter((name) => name !== undefined)])]
}
