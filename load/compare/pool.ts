import type { LatencyName } from '../../reports/load/result.ts'
import { isTold } from '../measure/counts.ts'
import { highestAt } from '../measure/layout.ts'
import type { Counts } from '../measure/recorder.ts'
import { METRICS, type Metric, type RateName } from './metric.ts'
import { COMPARED_LATENCIES, differentIn, type Round } from './round.ts'

/**
 * Blocks of one side: rounds of a load, or stretches of one run. A block is the unit of chance. Latencies within a block are
 * not independent (they share its queues, its flushes, its neighbours), so that no single latency is ever resampled: a
 * thousand samples of one bad second are one bad second.
 */
export interface Pool {
  readonly size: number
  /** What can be told of all blocks together. */
  readonly metrics: readonly Metric[]
  /** The value of each metric, in their order, when block i counts `weights[i]` times. */
  measure(metrics: readonly Metric[], weights: readonly number[]): readonly number[]
}

/** Of rounds: their histograms are added up and then asked, amounts likewise. */
export function poolRounds(rounds: readonly Round[]): Pool {
  const latencies = new Map<LatencyName, SparseCounts & { isTold(quantile: number): boolean }>()
  for (const name of COMPARED_LATENCIES) {
    const counts = rounds.flatMap((round) => round.latencies[name] ?? [])
    // A latency that a round lacks cannot be resampled by rounds.
    if (counts.length < rounds.length) continue
    const different = rounds.reduce((sum, round) => sum + differentIn(round, name), 0)
    latencies.set(name, { ...sparse(counts), isTold: (quantile) => isTold({ count: different }, quantile) })
  }
  const measureOne = (metric: Metric, weights: readonly number[]): number =>
    metric.kind === 'rate'
      ? rateOf(rounds, metric.of, weights)
      : (latencies.get(metric.latency)?.valueAt(metric.quantile, weights) ?? Number.NaN)
  const metrics = METRICS.filter((metric) =>
    metric.kind === 'rate'
      ? rounds.length > 0 && rounds.every(({ rates }) => rates[metric.of] !== undefined)
      : latencies.get(metric.latency)?.isTold(metric.quantile) === true,
  )
  return {
    size: rounds.length,
    metrics,
    measure: (asked, weights) => asked.map((metric) => measureOne(metric, weights)),
  }
}

function rateOf(rounds: readonly Round[], name: RateName, weights: readonly number[]): number {
  let [amount, per] = [0, 0]
  rounds.forEach(({ rates: { [name]: rate } }, at) => {
    amount += (rate?.amount ?? 0) * (weights[at] ?? 0)
    per += (rate?.per ?? 0) * (weights[at] ?? 0)
  })
  return amount / per
}

interface SparseCounts {
  /** As `valueAt` of what `merge` makes of them, each so many times. */
  valueAt(quantile: number, weights: readonly number[]): number
}

/** Thousands of mixtures are asked for: sums up to each place that is used are made once, and searched by halves. */
function sparse(parts: readonly Counts[]): SparseCounts {
  const places = usedPlaces(parts)
  const upTo = parts.map(({ counts }) => {
    let sum = 0
    return places.map((place) => (sum += counts[place] ?? 0))
  })
  const weigh = (column: number, weights: readonly number[]): number =>
    upTo.reduce((sum, row, at) => sum + (row[column] ?? 0) * (weights[at] ?? 0), 0)
  const last = places.length - 1
  return {
    valueAt(quantile, weights) {
      const rank = Math.max(1, Math.ceil(quantile * weigh(last, weights)))
      let [low, high] = [0, last]
      while (low < high) {
        const middle = (low + high) >> 1
        if (weigh(middle, weights) >= rank) high = middle
        else low = middle + 1
      }
      return highestAt(places[low] ?? 0)
    },
  }
}

function usedPlaces(parts: readonly Counts[]): readonly number[] {
  const used = new Set<number>()
  for (const { counts } of parts)
    counts.forEach((count, place) => {
      if (count > 0) used.add(place)
    })
  return [...used].sort((one, other) => one - other)
}
