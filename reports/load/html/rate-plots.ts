import type { Markup } from '../../markup.ts'
import { linearAxis, timeAxis } from '../plot/axis.ts'
import { type Line, type Mark, plot } from '../plot/plot.ts'
import type { Interval, LoadResult } from '../result.ts'
import { number } from '../words.ts'
import { hoversOf, marksOf } from './hovers.ts'

type Rate = readonly [name: string, kind: string, of: (interval: Interval) => number]

const READ: Rate = ['read at the tail', 'read', ({ read }) => read]

/** Appends, records and bytes from second to second; nothing where nothing was measured. */
export function ratePlots(result: LoadResult): readonly Markup[] {
  const { series, appends, tail } = result
  if (series.length === 0) return []
  const { plannedPerSecond } = appends
  const marks = marksOf(result)
  const planned: readonly Line[] =
    plannedPerSecond === undefined
      ? []
      : [
          {
            name: 'planned on average',
            kind: 'planned',
            points: [
              [0, plannedPerSecond],
              [series.at(-1)?.at ?? 0, plannedPerSecond],
            ],
          },
        ]
  return [
    ratePlot(
      series,
      'Appends',
      'per second',
      [['acknowledged', 'appended', ({ appends: rate }) => rate]],
      marks,
      planned,
    ),
    ratePlot(
      series,
      'Records',
      'per second',
      [['acknowledged', 'appended', ({ records }) => records], ...(tail === undefined ? [] : [READ])],
      marks,
    ),
    ratePlot(
      series,
      'Volume',
      'MiB per second',
      [['acknowledged', 'appended', ({ bytes }) => bytes / 1024 ** 2]],
      marks,
    ),
  ]
}

function ratePlot(
  series: readonly Interval[],
  title: string,
  unit: string,
  rates: readonly Rate[],
  marks: readonly Mark[],
  more: readonly Line[] = [],
): Markup {
  const values = rates.flatMap(([, , of]) => series.map(of))
  const most = Math.max(...values, ...more.flatMap(({ points }) => points.map((point) => point?.[1] ?? 0)))
  const shown = (value: number): string => number(value, value < 100 ? 2 : 0)
  return plot({
    title,
    unit,
    below: 'seconds of the measured time',
    x: timeAxis(series.at(-1)?.at ?? 0, 5),
    y: linearAxis(0, most, undefined, 4),
    lines: [
      ...more,
      ...rates.map(([name, kind, of]) => ({
        name,
        kind,
        points: series.map((interval) => [interval.at, of(interval)] as const),
      })),
    ],
    hovers: hoversOf(
      series,
      (interval) => rates.map(([name, , of]) => `${shown(of(interval))} ${name}`).join(', '),
      marks,
    ),
    marks,
    alt: `${title} ${unit}: ${shown(Math.min(...values))} to ${shown(Math.max(...values))}`,
  })
}
