import type { Interval, LoadResult, Quantiles } from './result.ts'

/** The series, for a spreadsheet: a line for each interval, times in milliseconds, nothing where nothing was timed. */
export function render({ series }: LoadResult): string {
  const lines = series.map((interval) => COLUMNS.map(([, of]) => of(interval) ?? '').join(','))
  return `${[COLUMNS.map(([name]) => name).join(','), ...lines].join('\n')}\n`
}

type Column = readonly [name: string, of: (interval: Interval) => number | undefined]

const quantilesOf = (name: 'response' | 'e2e'): readonly Column[] => {
  const column = (suffix: string, key: keyof Quantiles): Column => [
    `${name}_${suffix}_ms`,
    (interval) => {
      const value = interval[name]?.[key]
      return value === undefined ? undefined : value / 1000
    },
  ]
  return [column('p50', 'p50'), column('p99', 'p99'), column('max', 'greatest')]
}

const COLUMNS: readonly Column[] = [
  ['at_s', ({ at }) => at],
  ['appends_per_s', ({ appends }) => appends],
  ['records_per_s', ({ records }) => records],
  ['bytes_per_s', ({ bytes }) => bytes],
  ['read_records_per_s', ({ read }) => read],
  ...quantilesOf('response'),
  ...quantilesOf('e2e'),
]
