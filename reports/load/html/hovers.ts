import type { Hover } from '../plot/plot.ts'
import type { Interval } from '../result.ts'

/** A page of more would be heavier than what it says is worth. */
const MOST = 1200

/** What each interval is told to be by a pointer that rests on it. */
export const hoversOf = (
  series: readonly Interval[],
  text: (interval: Interval) => string,
): readonly Hover[] =>
  series.length > MOST
    ? []
    : series.map((interval, index) => ({
        from: series[index - 1]?.at ?? 0,
        to: interval.at,
        text: `${interval.at.toFixed(1)} s: ${text(interval)}`,
      }))
