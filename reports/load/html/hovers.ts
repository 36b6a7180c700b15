import type { Hover, Mark } from '../plot/plot.ts'
import type { Interval, LoadResult } from '../result.ts'

/** A page of more would be heavier than what it says is worth. */
const MOST = 1200

/** What each interval is told to be by a pointer that rests on it. */
export const hoversOf = (
  series: readonly Interval[],
  text: (interval: Interval) => string,
  marks: readonly Mark[] = [],
): readonly Hover[] =>
  series.length > MOST
    ? []
    : series.map((interval, index) => ({
        from: series[index - 1]?.at ?? 0,
        to: interval.at,
        text: [
          `${interval.at.toFixed(1)} s: ${text(interval)}`,
          ...within(marks, series[index - 1]?.at ?? 0, interval.at),
        ].join(', '),
      }))

const within = (marks: readonly Mark[], from: number, to: number): readonly string[] =>
  marks.filter((mark) => mark.from < to && mark.to >= from).map(({ text }) => text)

/** The faults that came, each until the load had recovered from it, or to the end. */
export const marksOf = ({ faults = [], series }: LoadResult): readonly Mark[] =>
  faults.flatMap(({ what, firedAt, recoveredAt = series.at(-1)?.at ?? 0 }) =>
    firedAt === undefined ? [] : [{ from: firedAt, to: Math.max(firedAt, recoveredAt), text: what }],
  )
