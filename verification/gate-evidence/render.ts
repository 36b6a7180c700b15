import type { ComparedMetric } from '../../reports/load/comparison.ts'
import { changeText } from '../../reports/load/comparison-words.ts'
import { percent } from '../../reports/load/words.ts'
import { type Played, SYNC_MS } from './commands.ts'
import { type Show, verdictOf } from './shows.ts'

export interface About {
  readonly tool: string
  readonly started: string
  readonly commit: string
  readonly machine: string
  readonly command: string
  readonly options: readonly string[]
  /** Milliseconds of a sync of the slowed server. */
  readonly slowSyncMs: number
}

/** Markdown: what was shown, then every gate with what it measured and what the host took of it. */
export const render = (about: About, shows: readonly Show[]): string =>
  `${[
    '# What the gate catches, and whom it accuses',
    `\`${about.command}\`, ${about.started.slice(0, 16).replace('T', ' ')} UTC, ${about.tool}, commit ${about.commit}, on ${about.machine}.`,
    `Each gate is \`s2-load ab ${about.options.join(' ')}\`, with five percent as what matters. Each server is the reference server on a disk whose syncs take ${SYNC_MS} ms; those of the slowed one take ${about.slowSyncMs} ms.`,
    table(
      ['', 'gates', 'exit code expected', 'came', '', 'seconds a gate', 'taken by the host'],
      shows.map(row),
    ),
    'Every gate: change of the second server against the first with its interval of 95 %, and in brackets by how much the first differs from itself.',
    table(
      ['', 'exit code', 'outcome', ...SHOWN, 'rounds a side', 'taken by the host', 'the first reason'],
      shows.flatMap((show) => show.gates.map((played, at) => gateRow(`${show.key}${at + 1}`, played))),
    ),
  ].join('\n\n')}\n`

const SHOWN = ['append-rate', 'server-cpu', 'response-p50', 'e2e-p50']

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

function row(show: Show): readonly string[] {
  const codes = [...Map.groupBy(show.gates, ({ code }) => code)]
  const mean = (of: (played: Played) => number): number =>
    show.gates.reduce((sum, played) => sum + of(played), 0) / show.gates.length
  return [
    `${show.key}: ${show.title}`,
    String(show.count),
    String(show.expected),
    codes.map(([code, some]) => `${some.length} × ${code}`).join(', '),
    verdictOf(show),
    mean(({ seconds }) => seconds).toFixed(0),
    percent(mean(({ stolen }) => stolen)),
  ]
}

function gateRow(name: string, { code, comparison, stolen }: Played): readonly string[] {
  const cell = (wanted: string): string => {
    const metric = comparison.metrics.find((each) => each.name === wanted)
    return metric === undefined ? '-' : metricText(metric)
  }
  return [
    name,
    String(code),
    comparison.outcome,
    ...SHOWN.map(cell),
    String(comparison.head.rounds),
    percent(stolen),
    (comparison.reasons[0] ?? '').replaceAll('|', '/'),
  ]
}

const metricText = ({ change, noise, rerun }: ComparedMetric): string =>
  [
    changeText(change),
    ...(noise === undefined ? [] : [`[${percent(noise)}]`]),
    ...(rerun === undefined ? [] : [`again ${changeText(rerun.change)}`]),
  ].join(' ')
