import { oneLine, plainJson } from '../../kit/text/plain.ts'
import { text } from '../markdown-text.ts'
import { CHANGES, type Change, type ChangedRow, type Comparison, findingOf } from './compare.ts'

/** For a terminal: each change with its rows, and the sums. */
export function renderText(comparison: Comparison): string {
  const blocks = groups(comparison).map(([change, rows]) =>
    [
      `${change} (${rows.length})`,
      ...rows.map(
        (row) => `  ${row.id.padEnd(10)} ${verdicts(row)}  ${oneLine(`${row.title}${because(row, ': ')}`)}`,
      ),
      '',
    ].join('\n'),
  )
  const [before, after] = [oneLine(comparison.before), oneLine(comparison.after)]
  return `${[...blocks, `before  ${before}`, `after   ${after}`, sums(comparison), findingOf(comparison).toUpperCase()].join('\n')}\n`
}

const ICONS: Readonly<Record<ReturnType<typeof findingOf>, string>> = {
  'no worse': '✅ No worse',
  worse: '❌ Worse',
  'not known': '❔ Not known',
}

/** For the summary of a CI job or a comment. */
export function renderMarkdown(comparison: Comparison): string {
  const { before, after } = comparison
  const tables = groups(comparison).map(([change, rows]) =>
    [
      `**${change}** (${rows.length})\n`,
      '| row | verdict | |',
      '|---|---|---|',
      ...rows.map((row) => `| ${row.id} ${text(row.title)} | ${verdicts(row)} | ${text(because(row, ''))} |`),
    ].join('\n'),
  )
  return `${[`## ${ICONS[findingOf(comparison)]}`, sums(comparison), ...tables, `<sub>before: ${text(before)}<br>after: ${text(after)}</sub>`].join('\n\n')}\n`
}

/** The comparison itself, with what was found. */
export const renderJson = (comparison: Comparison): string =>
  `${plainJson(JSON.stringify({ finding: findingOf(comparison), counts: countsOf(comparison), ...comparison }, undefined, 2))}\n`

const groups = ({ rows }: Comparison): readonly (readonly [Change, readonly ChangedRow[]])[] =>
  CHANGES.map((change) => [change, rows.filter((row) => row.change === change)] as const).filter(
    ([, some]) => some.length > 0,
  )

const countsOf = (comparison: Comparison): Readonly<Record<Change, number>> => {
  const count = (change: Change): number => comparison.rows.filter((row) => row.change === change).length
  return {
    regressed: count('regressed'),
    'newly inconclusive': count('newly inconclusive'),
    'no longer judged': count('no longer judged'),
    gone: count('gone'),
    'fails otherwise': count('fails otherwise'),
    fixed: count('fixed'),
    'newly judged': count('newly judged'),
    new: count('new'),
    reworded: count('reworded'),
  }
}

/** What is asked for is always told, the rest where there is any. */
const ALWAYS: ReadonlySet<Change> = new Set<Change>([
  'fixed',
  'regressed',
  'newly inconclusive',
  'new',
  'gone',
])

function sums(comparison: Comparison): string {
  const counts = countsOf(comparison)
  const told = CHANGES.filter((change) => counts[change] > 0 || ALWAYS.has(change))
  return [...told.map((change) => `${counts[change]} ${change}`), `${comparison.unchanged} unchanged`].join(
    ', ',
  )
}

const verdicts = ({ before, after }: ChangedRow): string =>
  before === after ? (after ?? '') : [before, after].map((verdict) => verdict ?? '–').join(' → ')

const because = ({ reason, change }: ChangedRow, sign: string): string =>
  reason === undefined || change === 'reworded' ? '' : `${sign}${reason.split('\n')[0]}`
