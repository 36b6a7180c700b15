import type { Latency, LatencyName, LoadResult, ReadFigures } from './result.ts'

/** The result for a terminal or a log, ending with the two verdicts. */
export function loadToText(result: LoadResult): string {
  const lines = [
    `${result.tool}  ${result.summary}`,
    `${result.target.label}${result.target.server === undefined ? '' : `  (${result.target.server})`}`,
    '',
    ...figures(result),
    '',
    ...latencyTable(result),
    '',
    ...integrity(result),
    ...verdict(result),
  ]
  return `${lines.join('\n')}\n`
}

function figures({ appends, tail, catchUp }: LoadResult): readonly string[] {
  const { perSecond, plannedPerSecond } = appends
  const planned =
    plannedPerSecond === undefined ? '' : `   of ${number(plannedPerSecond, 1)} appends/s planned`
  const failures = [
    [appends.refused, 'refused'],
    [appends.unknown, 'of unknown outcome'],
    [appends.unfinished, 'unfinished'],
  ] as const
  const failed = failures.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`)
  return [
    row('append', `${number(perSecond.appends, 1)} appends/s`, perSecond.records, perSecond.bytes) + planned,
    ...(failed.length === 0 ? [] : [`           ${failed.join(', ')}: ${endings(appends.endings)}`]),
    ...(tail === undefined ? [] : [read('tail', tail)]),
    ...(catchUp === undefined ? [] : [read('catch-up', catchUp)]),
  ]
}

const read = (name: string, { seconds, perSecond }: ReadFigures): string =>
  row(name, `${number(seconds, 2)} s`, perSecond.records, perSecond.bytes)

const row = (name: string, first: string, records: number, bytes: number): string =>
  `${name.padEnd(10)} ${first.padStart(18)}  ${number(records).padStart(12)} records/s  ${number(bytes / 1024 ** 2, 2).padStart(10)} MiB/s`

const endings = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([why, count]) => `${number(count)} × ${why}`)
    .join('; ')

const COLUMNS = ['p50', 'p90', 'p99', 'p99.9', 'p99.99'] as const

const NAMES: Readonly<Record<LatencyName, string>> = {
  response: 'response',
  service: 'service',
  e2e: 'end to end',
  'check-tail': 'check tail',
  lag: 'own lag',
}

function latencyTable({ latencies }: LoadResult): readonly string[] {
  const rows = Object.keys(NAMES).flatMap((name) => {
    const latency = latencies[name as LatencyName]
    return latency === undefined ? [] : [latencyRow(NAMES[name as LatencyName], latency)]
  })
  const head = [...COLUMNS, 'max', 'mean'].map((column) => column.padStart(9)).join('')
  return rows.length === 0 ? [] : [`${'latency, ms'.padEnd(11)}${head}${'count'.padStart(12)}`, ...rows]
}

function latencyRow(name: string, { quantiles, greatest, mean, count }: Latency): string {
  const values = [...COLUMNS.map((column) => quantiles[column]), greatest, mean]
  return `${name.padEnd(11)}${values.map((value) => milliseconds(value).padStart(9)).join('')}${number(count).padStart(12)}`
}

/** Three digits, as they were measured. */
export function milliseconds(microseconds: number | undefined): string {
  if (microseconds === undefined) return '-'
  const value = microseconds / 1000
  return value < 10 ? value.toFixed(3) : value < 1000 ? value.toFixed(1) : value.toFixed(0)
}

function integrity({
  integrity: { verdict, recordsRead, violations, first, notes },
}: LoadResult): readonly string[] {
  const counts = Object.entries(violations).map(([name, count]) => `${number(count)} ${name}`)
  const what =
    verdict === 'verified'
      ? 'every acknowledged record was read, once, in order and byte by byte'
      : verdict === 'violated'
        ? counts.join(', ')
        : 'not everything that was acknowledged could be read'
  return [
    `${verdict.toUpperCase().padEnd(10)} ${number(recordsRead)} records read: ${what}`,
    ...first.map(
      ({ anomaly, stream, seqNum, what: text }) => `           ${anomaly} at ${seqNum} of ${stream}: ${text}`,
    ),
    ...notes.map((note) => `           ${note}`),
  ]
}

const verdict = ({ verdict: judged, reasons }: LoadResult): readonly string[] => [
  `${judged.padEnd(10)} ${reasons.length === 0 ? 'the generator kept to its plan' : (reasons[0] ?? '')}`,
  ...reasons.slice(1).map((reason) => `           ${reason}`),
]

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
