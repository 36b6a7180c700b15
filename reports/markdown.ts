import { countsOf } from './counts.ts'
import { inHtml, text } from './markdown-text.ts'
import { holdable } from './markup.ts'
import { replayCommands, reproduceCommand } from './reproduce.ts'
import type { RequirementResult, RunResult, Verdict } from './result.ts'
import { timelineLines } from './timeline-text.ts'

export const name = 'markdown'
export const extension = '.md'

/** Rows told of in full: the summary of a CI job may hold 1 MiB, and nobody reads the hundredth. */
const MAX_ROWS = 40
const MAX_LINES = 80

const ICONS: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  fail: '❌',
  expected: '☑️',
  warn: '⚠️',
  inconclusive: '❔',
  error: '💥',
  'not-applicable': '➖',
  'not-run': '⏹️',
  'not-selected': '⏭️',
}

/** For the summary of a CI job or a comment: the verdict, the counts, and what needs eyes, folded. */
export function render(result: RunResult): string {
  const { target, suite, seed, stale, notes } = result
  const open = result.results.filter(({ verdict }) => OPEN.includes(verdict))
  const soft = result.results.filter(({ verdict }) => verdict === 'warn' || verdict === 'expected')
  const about = [
    `${suite.name} ${suite.version}`,
    `profile ${target.profile}`,
    `seed ${seed}`,
    `${(result.ms / 1000).toFixed(1)} s`,
  ]
  return [
    `## ${heading(result)}`,
    `${code(target.endpoint)}${target.implementation === undefined ? '' : ` (${text(target.implementation)})`}: ${about.map(text).join(', ')}`,
    table(result),
    ...stale.map((id) => `- ❌ **stale** ${id} passes: take it out of the expectations file`),
    ...notes.map((note) => `- ${text(note)}`),
    ...open.slice(0, MAX_ROWS).map((row) => folded(result, row)),
    ...(open.length > MAX_ROWS ? [`… and ${open.length - MAX_ROWS} more`] : []),
    ...(soft.length > 0
      ? [
          soft
            .slice(0, MAX_ROWS)
            .map((row) => line(result, row))
            .join('\n'),
        ]
      : []),
    '',
  ]
    .map(holdable)
    .join('\n\n')
}

const DRAWING_WIDTH = 120

const OPEN: readonly Verdict[] = ['fail', 'error', 'inconclusive']

const heading = ({ outcome }: RunResult): string =>
  outcome === 'conformant'
    ? '✅ Conformant'
    : outcome === 'inconclusive'
      ? '❔ Inconclusive'
      : '❌ Not conformant'

function table(result: RunResult): string {
  const counts = countsOf(result)
  const cells = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`
  return [
    cells(counts.map(({ verdict, words }) => `${ICONS[verdict]} ${words}`)),
    cells(counts.map(() => '--:')),
    cells(counts.map(({ count }) => String(count))),
  ].join('\n')
}

function folded(result: RunResult, row: RequirementResult): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['request', row.request],
    ['actual', row.actual],
    ['expected', row.expected],
  ]
  const commands = [row.curl, ...replayCommands(result, row), reproduceCommand(result, row)]
  const { transcript = [] } = row
  const left = transcript.length - MAX_LINES
  return [
    `<details><summary>${ICONS[row.verdict]} <b>${row.id}</b> ${inHtml(row.title)} (${row.level}, ${row.tier}): ${inHtml(row.subject ?? row.reason ?? '')}</summary>`,
    `> ${text(row.statement)}`,
    fields.flatMap(([label, value]) => (value === undefined ? [] : [`- ${label} ${code(value)}`])).join('\n'),
    ...(row.timelines ?? [])
      .slice(0, 1)
      .map((timeline) => fence(timelineLines(timeline, DRAWING_WIDTH), 'text')),
    fence(
      commands.filter((command) => command !== undefined),
      'sh',
    ),
    ...(transcript.length > 0
      ? [fence([...transcript.slice(0, MAX_LINES), ...(left > 0 ? [`… ${left} lines more …`] : [])], 'text')]
      : []),
    '</details>',
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

const line = (result: RunResult, row: RequirementResult): string =>
  [
    `- ${ICONS[row.verdict]} **${row.id}** ${text(row.title)}: ${text(row.expectation ?? row.reason ?? '')}`,
    `  ${code(reproduceCommand(result, row))}`,
  ].join('\\\n')

/** In backticks, more of them than stand in it anywhere. */
function code(given: string): string {
  const flat = given.replace(/\s+/g, ' ')
  const ticks = ticksFor(flat, 1)
  return flat.includes('`') ? `${ticks} ${flat} ${ticks}` : `${ticks}${flat}${ticks}`
}

function fence(lines: readonly string[], language: string): string {
  const body = lines.join('\n')
  const ticks = ticksFor(body, 3)
  return `${ticks}${language}\n${body}\n${ticks}`
}

function ticksFor(given: string, least: number): string {
  const longest = Math.max(0, ...[...given.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}
