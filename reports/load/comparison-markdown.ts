import { text } from '../markdown-text.ts'
import type { ComparedMetric, ComparedSide, ComparisonOutcome, LoadComparison } from './comparison.ts'
import { DECISION_WORDS, OUTCOME_WORDS, signed, withUnit } from './comparison-words.ts'
import { percent } from './words.ts'

const ICONS: Readonly<Record<ComparisonOutcome, string>> = {
  'no-regression': '✅',
  regression: '❌',
  violation: '❌',
  'too-noisy': '❔',
  invalid: '❔',
  interrupted: '⏹️',
}

/** Returns the comparison for the summary of a CI job, or for a comment on a change: the outcome first. */
export function comparisonToMarkdown(comparison: LoadComparison): string {
  const { tool, summary, base, head, metrics, notes, outcome, reasons, minEffect, confidence } = comparison
  const required = metrics.some(({ isRequired }) => isRequired)
  const sentences = [
    `Intervals of ${percent(confidence)}; a change matters from ${percent(minEffect)} on.`,
    ...(required ? ['Metrics in bold must be decided.'] : []),
  ]
  return [
    `## ${ICONS[outcome]} Load gate: ${OUTCOME_WORDS[outcome]}`,
    text(summary),
    [side('base', base), side('head', head), ...reasons.map((reason) => `- ${text(reason)}`)].join('\n'),
    ...(metrics.length === 0 ? [] : [table(metrics), sentences.join(' ')]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${text(note)}`).join('\n')]),
    `<sub>${text(tool)}, ${text(comparison.started)}</sub>`,
    '',
  ].join('\n\n')
}

const side = (name: string, { label, server, rounds }: ComparedSide): string =>
  `- ${name}: ${text(label)}${server === undefined ? '' : ` (${text(server)})`}, ${rounds} rounds`

const HEAD = ['metric', 'base', 'head', 'change', 'interval', 'noise', 'decision']

function table(metrics: readonly ComparedMetric[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(HEAD),
    line(HEAD.map((_name, column) => (column === 0 || column === HEAD.length - 1 ? ':--' : '--:'))),
    ...metrics.map((metric) => line(cells(metric))),
  ].join('\n')
}

const cells = ({ name, isRequired, base, head, unit, change, noise, decision, rerun }: ComparedMetric) => [
  isRequired ? `**${text(name)}**` : text(name),
  withUnit(base.value, unit),
  withUnit(head.value, unit),
  signed(change.value),
  `${signed(change.low)} to ${signed(change.high)}`,
  noise === undefined ? '' : percent(noise),
  rerun === undefined
    ? DECISION_WORDS[decision]
    : `${DECISION_WORDS[decision]}, again ${signed(rerun.change.value)}`,
]
