import { text } from '../markdown-text.ts'
import { holdable } from '../markup.ts'
import type { CatchUpFigures, Integrity, LoadResult, LoadVerdict } from './result.ts'
import {
  COLUMNS,
  ceilingWords,
  cpuWords,
  endings,
  failures,
  faultWords,
  integrityWords,
  LATENCY_WORDS,
  latenciesOf,
  machineWords,
  mebibytes,
  milliseconds,
  noRateWords,
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
  windowWords,
  worth,
} from './words.ts'

const VERDICT_ICONS: Readonly<Record<LoadVerdict, string>> = { VALID: '✅', SUSPECT: '⚠️', INVALID: '❌' }
const INTEGRITY_ICONS: Readonly<Record<Integrity['verdict'], string>> = {
  verified: '✅',
  incomplete: '❔',
  violated: '❌',
}

/** For the summary of a CI job or a comment: the two verdicts with their reasons, the rates, the latencies. */
export function render(result: LoadResult): string {
  const { integrity, verdict, tool, machines } = result
  const reasons = reasonsOf(result)
  const ceiling = ceilingWords(result)
  const cpu = cpuWords(result)
  const cut = readEndingWords(result.readEndings)
  const evidence = integrity.first.map(
    ({ anomaly, stream, seqNum, what }) =>
      `- **${text(anomaly)}** at ${seqNum} of ${text(stream)}: ${text(what)}`,
  )
  return [
    `## ${VERDICT_ICONS[verdict]} Load ${verdict}, ${INTEGRITY_ICONS[integrity.verdict]} records ${integrity.verdict}`,
    `${targetWords(result, text)}: ${text(summaryOf(result))}`,
    [
      ...reasons.map((reason) => `- ${VERDICT_ICONS[verdict]} ${text(reason)}`),
      `- ${INTEGRITY_ICONS[integrity.verdict]} ${number(integrity.recordsRead)} records read: ${text(integrityWords(integrity))}`,
      ...integrity.notes.map((note) => `- ${text(note)}`),
      ...(ceiling === undefined ? [] : [`- ${text(ceiling)}`]),
    ].join('\n'),
    ...(evidence.length === 0 ? [] : [folded('The first of each kind', evidence)]),
    rates(result),
    ...(cut === undefined ? [] : [text(cut)]),
    ...(cpu === undefined ? [] : [`Server CPU: ${cpu}`]),
    ...latencies(result),
    ...faults(result),
    ...windows(result),
    ...opinion(result),
    `<sub>${[tool, result.started, ...machines.map(machineWords)].map(text).join('; ')}</sub>`,
    '',
  ]
    .map(holdable)
    .join('\n\n')
}

const cells = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [cells(head), cells(head.map((_name, index) => (index === 0 ? ':--' : '--:'))), ...rows.map(cells)].join(
    '\n',
  )

function rates(result: LoadResult): string {
  const { appends, tail, catchUp } = result
  const { perSecond, plannedPerSecond } = appends
  const planned = plannedPerSecond === undefined ? '' : ` of ${number(plannedPerSecond, 1)} planned`
  const failed = failures(appends)
  const read = (name: string, figures: CatchUpFigures | undefined): readonly (readonly string[])[] =>
    figures?.perSecond === undefined
      ? []
      : [[name, '', number(figures.perSecond.records), mebibytes(figures.perSecond.bytes)]]
  const rows = [
    [
      'append',
      `${number(perSecond.appends, 1)}${planned}`,
      number(perSecond.records),
      mebibytes(perSecond.bytes),
    ],
    ...read('tail', tail),
    ...read('catch-up', catchUp),
  ]
  const drawn = table([worth(result, 'rate'), 'appends/s', 'records/s', 'MiB/s'], rows)
  const notes = [
    ...(failed === '' ? [] : [[failed, text(endings(appends.endings))].filter(Boolean).join(': ')]),
    noRateWords(result) ?? [],
  ].flat()
  return [drawn, ...notes].join('\n\n')
}

function latencies(result: LoadResult): readonly string[] {
  const rows = latenciesOf(result).map(([name, { quantiles, greatest, mean, count }]) => [
    LATENCY_WORDS[name],
    ...[...COLUMNS.map((column) => quantiles[column]), greatest, mean].map(milliseconds),
    number(count),
  ])
  const untimed = untimedWords(result)
  return rows.length === 0
    ? []
    : [
        table([worth(result, 'latency, ms'), ...COLUMNS, 'max', 'mean', 'count'], rows),
        ...(untimed === undefined ? [] : [untimed]),
      ]
}

function faults(result: LoadResult): readonly string[] {
  const { faults: played = [] } = result
  const proxy = proxyWords(result)
  const lines = played.flatMap((fault) => [
    `- **${text(fault.what)}** ${text(faultWords(fault))}`,
    ...PHASES.flatMap((name) => {
      const phase = fault[name]
      return phase === undefined ? [] : [`  - ${name} ${phaseWords(phase)}`]
    }),
  ])
  const beside = proxy === undefined ? [] : [proxy]
  return lines.length === 0 ? [] : [lines.join('\n'), ...beside]
}

const opinion = ({ secondOpinion }: LoadResult): readonly string[] =>
  secondOpinion === undefined ? [] : [opinionWords(secondOpinion).map(text).join(' ')]

const windows = ({ generator: { windows: found } }: LoadResult): readonly string[] =>
  found === undefined || found.blocked.stretches === 0 ? [] : [windowWords(found).map(text).join(' ')]

const folded = (title: string, lines: readonly string[]): string =>
  [`<details><summary>${title}</summary>`, lines.join('\n'), '</details>'].join('\n\n')
