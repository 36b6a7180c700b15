import type { Markup } from '../../markup.ts'
import { decodeHistogram } from '../histogram.ts'
import { logAxis, percentileAxis, timeAxis } from '../plot/axis.ts'
import { type Line, plot } from '../plot/plot.ts'
import type { Interval, Latency, LatencyName, LoadResult, Quantiles } from '../result.ts'
import { LATENCY_WORDS, latenciesOf, milliseconds } from '../words.ts'
import { hoversOf, marksOf } from './hovers.ts'

/** Points of a curve from the least value to the greatest. */
const STEPS = 240
/** So many values must lie beyond a quantile for it to be told; what is beyond that is drawn as doubtful. */
const BEYOND = 10

/** Every latency by how many of all values it does not exceed; undefined where there is none. */
export function byPercentile(result: LoadResult): Markup | undefined {
  const all = latenciesOf(result)
  if (all.length === 0) return undefined
  const counts = all.map(([, { count }]) => count)
  const floor = leastShown(all)
  return plot({
    title: 'Latency by percentile',
    unit: 'ms, log scale',
    below: `percent of all values; dashed where fewer than ${BEYOND} values lie beyond`,
    x: percentileAxis(Math.max(...counts)),
    y: logAxis(floor / 1000, Math.max(1, ...all.map(([, { greatest }]) => greatest)) / 1000),
    lines: all.flatMap(([name, latency]) => curve(name, latency, floor)),
    alt: all
      .map(([name, { quantiles, greatest }]) => {
        const told = Object.entries(quantiles).map(
          ([quantile, value]) => `${quantile} ${milliseconds(value)} ms`,
        )
        return `${LATENCY_WORDS[name]}: ${[...told, `max ${milliseconds(greatest)} ms`].join(', ')}`
      })
      .join('; '),
  })
}

/** The lag of the generator may be next to nothing, which is not worth the room: it is shown down to a tenth of the others. */
function leastShown(all: ReturnType<typeof latenciesOf>): number {
  const least = (some: typeof all): number => Math.min(...some.map(([, latency]) => latency.least))
  const others = all.filter(([name]) => name !== 'lag')
  return Math.max(1, least(all), others.length === 0 ? 0 : least(others) / 10)
}

function curve(name: LatencyName, { histogram, count, greatest }: Latency, floor: number): readonly Line[] {
  const decoded = decodeHistogram(histogram)
  const pointAt = (part: number): Line['points'][number] => {
    const value = Math.min(greatest, decoded.getValueAtPercentile(part * 100))
    return value < floor ? undefined : [part, value / 1000]
  }
  const parts = Array.from({ length: STEPS }, (_none, step) => 1 - count ** -(step / STEPS))
  const told = Math.max(0, 1 - BEYOND / count)
  const common = { name: LATENCY_WORDS[name], kind: name }
  return [
    { ...common, points: [...parts.filter((part) => part < told), told].map(pointAt) },
    {
      ...common,
      isTail: true,
      points: [
        ...[told, ...parts.filter((part) => part > told)].map(pointAt),
        greatest < floor ? undefined : [1 - 1 / count, greatest / 1000],
      ],
    },
  ]
}

const LINES: readonly (readonly [key: keyof Quantiles, name: string, kind: string])[] = [
  ['greatest', 'max', 'max'],
  ['p99', 'p99', 'p99'],
  ['p50', 'p50', 'p50'],
]

/** How one latency went from second to second; undefined where it was not measured. */
export function overTime(result: LoadResult, name: 'response' | 'e2e'): Markup | undefined {
  const { series, machines } = result
  const marks = marksOf(result)
  const there = series.flatMap((interval) => interval[name] ?? [])
  if (there.length === 0) return undefined
  const all = there.flatMap(({ p50, p99, greatest }) => [p50, p99, greatest])
  const spoken = name === 'response' ? 'Response' : 'End to end'
  return plot({
    title: `${spoken} over time`,
    unit: machines.length > 1 ? 'ms, log scale, the highest of any machine' : 'ms, log scale',
    below: 'seconds of the measured time',
    x: timeAxis(series.at(-1)?.at ?? 0),
    y: logAxis(Math.max(1, Math.min(...all)) / 1000, Math.max(1, ...all) / 1000),
    lines: LINES.map(([key, label, kind]) => ({
      name: label,
      kind,
      points: series.map((interval) => pointOf(interval, name, key)),
    })),
    hovers: hoversOf(
      series,
      (interval) => {
        const { p50, p99, greatest } = interval[name] ?? {}
        return p50 === undefined
          ? 'nothing'
          : `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, max ${milliseconds(greatest)} ms`
      },
      marks,
    ),
    marks,
    alt: `${spoken} over ${series.length} intervals: p50 up to ${milliseconds(Math.max(...there.map(({ p50 }) => p50)))} ms, p99 up to ${milliseconds(Math.max(...there.map(({ p99 }) => p99)))} ms, max ${milliseconds(Math.max(...all))} ms`,
  })
}

const pointOf = (
  interval: Interval,
  name: 'response' | 'e2e',
  key: keyof Quantiles,
): readonly [number, number] | undefined => {
  const quantiles = interval[name]
  return quantiles === undefined ? undefined : [interval.at, quantiles[key] / 1000]
}
