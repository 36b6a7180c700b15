import { oneLine } from '../../kit/text/plain.ts'
import type { ComparedMetric, ComparedSide, LoadComparison } from './comparison.ts'
import { DECISION_WORDS, OUTCOME_WORDS, signed, withUnit } from './comparison-words.ts'
import { percent } from './words.ts'

/** The comparison for a terminal or a log, ending with the outcome. */
export function comparisonToText(comparison: LoadComparison): string {
  const { tool, summary, base, head, metrics, notes, outcome, reasons, minEffect, blocks } = comparison
  const lines = [
    `${tool}  ${summary}`,
    side('base', base),
    side('head', head),
    '',
    ...(metrics.length === 0 ? [] : [...table(comparison), '']),
    `intervals of ${percent(comparison.confidence)} from ${blocks}, seed ${comparison.seed}; what matters is ${percent(minEffect)} and more`,
    ...(metrics.some(({ isRequired }) => isRequired)
      ? ['* has to be decided; the others can accuse, and no more']
      : []),
    ...notes,
    '',
    `${outcome.toUpperCase().replaceAll('-', ' ')}  ${OUTCOME_WORDS[outcome]}`,
    ...reasons.map((reason) => `  ${reason}`),
  ]
  return `${lines.map(oneLine).join('\n')}\n`
}

const side = (name: string, { label, server, rounds }: ComparedSide): string =>
  `${name}  ${label}${server === undefined ? '' : `  (${server})`}  ${rounds} rounds`

const HEAD = ['', 'base', 'head', 'change', 'interval', 'own noise', '']

function table({ metrics }: LoadComparison): readonly string[] {
  const rows = [HEAD, ...metrics.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === HEAD.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

const cells = (metric: ComparedMetric): readonly string[] => [
  `${metric.isRequired ? '*' : ' '} ${metric.name}`,
  withUnit(metric.base.value, metric.unit),
  withUnit(metric.head.value, metric.unit),
  signed(metric.change.value),
  `${signed(metric.change.low)} to ${signed(metric.change.high)}`,
  metric.noise === undefined ? '-' : percent(metric.noise),
  verdict(metric),
]

const verdict = ({ decision, rerun }: ComparedMetric): string =>
  rerun === undefined
    ? DECISION_WORDS[decision]
    : `${DECISION_WORDS[decision]}, again ${signed(rerun.change.value)}`
