import { oneLine } from '../../kit/text/plain.ts'
import type { CatchUpFigures, Latency, LoadResult } from './result.ts'
import {
  COLUMNS,
  ceilingWords,
  cpuWords,
  failureWords,
  faultWords,
  integrityName,
  integrityWords,
  LATENCY_WORDS,
  latenciesOf,
  mebibytes,
  milliseconds,
  number,
  opinionWords,
  PHASES,
  phaseWords,
  proxyWords,
  readEndingWords,
  reasonsOf,
  summaryOf,
  targetWords,
  untimedWords,
  WORTHLESS,
  windowWords,
} from './words.ts'

/**
 * The result for a terminal or a log, ending with the two verdicts. Of figures that are worth nothing that is said first, and in
 * each of their lines, as one may be copied without the others.
 */
export function loadToText(result: LoadResult): string {
  const isWorthless = result.verdict === 'INVALID'
  const mark: Mark = (line) => (isWorthless ? `${line}  ${WORTHLESS}` : line)
  const lines = [
    ...(isWorthless ? [...verdict(result), ''] : []),
    `${result.tool}  ${summaryOf(result)}`,
    targetWords(result),
    '',
    ...figures(result, mark),
    '',
    ...latencyTable(result, mark),
    '',
    ...faults(result),
    ...windows(result),
    ...opinion(result),
    ...integrity(result),
    ...ceiling(result),
    ...verdict(result),
  ]
  return `${lines.map(oneLine).join('\n')}\n`
}

type Mark = (line: string) => string

function figures(result: LoadResult, mark: Mark): readonly string[] {
  const { appends, tail, catchUp } = result
  const cpu = cpuWords(result)
  const cut = readEndingWords(result.readEndings)
  const { perSecond, plannedPerSecond } = appends
  const planned =
    plannedPerSecond === undefined ? '' : `   of ${number(plannedPerSecond, 1)} appends/s planned`
  const failed = failureWords(appends)
  return [
    mark(
      row('append', `${number(perSecond.appends, 1)} appends/s`, perSecond.records, perSecond.bytes) +
        planned,
    ),
    ...(failed === undefined ? [] : [`           ${failed}`]),
    ...(tail === undefined ? [] : [mark(read('tail', tail))]),
    ...(catchUp === undefined ? [] : [mark(read('catch-up', catchUp))]),
    ...(cut === undefined ? [] : [`           ${cut}`]),
    ...(cpu === undefined ? [] : [mark(`${'server CPU'.padEnd(10)} ${cpu}`)]),
  ]
}

function read(name: string, { seconds, records, perSecond }: CatchUpFigures): string {
  const took = `${number(seconds, 2)} s`
  return perSecond === undefined
    ? `${named(name, took)}  ${number(records).padStart(12)} records, too soon over for a rate`
    : row(name, took, perSecond.records, perSecond.bytes)
}

const row = (name: string, first: string, records: number, bytes: number): string =>
  `${named(name, first)}  ${number(records).padStart(12)} records/s  ${mebibytes(bytes).padStart(10)} MiB/s`

const named = (name: string, first: string): string => `${name.padEnd(10)} ${first.padStart(18)}`

/** Of the column of names. */
const NAME = 12

function latencyTable(result: LoadResult, mark: Mark): readonly string[] {
  const rows = latenciesOf(result).map(([name, latency]) => mark(latencyRow(LATENCY_WORDS[name], latency)))
  const head = [...COLUMNS, 'max', 'mean'].map((column) => column.padStart(9)).join('')
  const untimed = untimedWords(result)
  return rows.length === 0
    ? []
    : [
        `${'latency, ms'.padEnd(NAME)}${head}${'count'.padStart(12)}`,
        ...rows,
        ...(untimed === undefined ? [] : [`${''.padEnd(NAME)}${untimed}`]),
      ]
}

function latencyRow(name: string, { quantiles, greatest, mean, count }: Latency): string {
  const values = [...COLUMNS.map((column) => quantiles[column]), greatest, mean]
  return `${name.padEnd(NAME)}${values.map((value) => milliseconds(value).padStart(9)).join('')}${number(count).padStart(12)}`
}

/** A line for each, and one for each phase around it; nothing where nothing was planned. */
function faults(result: LoadResult): readonly string[] {
  const { faults: played = [] } = result
  const proxy = proxyWords(result)
  const lines = played.flatMap((fault) => [
    `${fault.what}  ${faultWords(fault)}`,
    ...PHASES.flatMap((name) => {
      const phase = fault[name]
      return phase === undefined ? [] : [`           ${name.padEnd(6)}  ${phaseWords(phase)}`]
    }),
  ])
  const beside = proxy === undefined ? [] : [`proxy      ${proxy}`]
  return lines.length === 0 ? [] : [...lines, ...beside, '']
}

/** Only where something waited: else there is nothing to be done about it. */
function windows({ generator: { windows: found } }: LoadResult): readonly string[] {
  if (found === undefined || found.blocked.stretches === 0) return []
  return [...windowWords(found).map((sentence) => `windows    ${sentence}`), '']
}

const opinion = ({ secondOpinion }: LoadResult): readonly string[] =>
  secondOpinion === undefined ? [] : [...opinionWords(secondOpinion), '']

const integrity = ({ integrity: found }: LoadResult): readonly string[] => [
  `${integrityName(found).toUpperCase().padEnd(10)} ${number(found.recordsRead)} records read: ${integrityWords(found)}`,
  ...found.first.map(
    ({ anomaly, stream, seqNum, what }) => `           ${anomaly} at ${seqNum} of ${stream}: ${what}`,
  ),
  ...found.notes.map((note) => `           ${note}`),
]

function ceiling(result: LoadResult): readonly string[] {
  const words = ceilingWords(result)
  return words === undefined ? [] : [`${'CEILING'.padEnd(10)} ${words}`]
}

const verdict = (result: LoadResult): readonly string[] =>
  reasonsOf(result).map((reason, index) => `${(index === 0 ? result.verdict : '').padEnd(10)} ${reason}`)
