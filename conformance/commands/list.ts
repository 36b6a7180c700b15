import { catalogue } from '../catalogue/catalogue.ts'
import type { Row } from '../catalogue/row.ts'
import type { Command } from '../cli/command.ts'
import { requirements } from '../requirements/index.ts'
import { createGlob } from '../run/glob.ts'
import { UsageError } from '../usage-error.ts'

export const list: Command = {
  name: 'list',
  summary: 'shows the rows of the catalogue and what is done about each',
  operands: '[GLOB...]',
  options: [{ name: 'json', help: 'as JSON, with statements and sources' }],
  examples: ['list', "list 'APP-*'", 'list --json'],
  async run(given, io) {
    const tested = new Set(requirements.map(({ id }) => id))
    const globs = given.operands.map(createGlob)
    const stray = globs.find((glob) => !catalogue.some(({ id }) => glob.matches(id)))
    if (stray !== undefined) throw new UsageError(`no row of the catalogue has the id "${stray.text}"`)
    const rows = catalogue.filter(({ id }) => globs.length === 0 || globs.some((glob) => glob.matches(id)))
    if (given.flag('json')) {
      const entries = rows.map((row) => ({ ...row, state: stateOf(row, tested) }))
      io.out(`${JSON.stringify(entries, undefined, 2)}\n`)
      return 0
    }
    const lines = rows.map((row) => lineOf(row, stateOf(row, tested), io.width))
    io.out([...lines, '', sums(rows, tested), ''].join('\n'))
    return 0
  },
}

export type State = 'tested' | 'planned' | 'excluded' | 'disputed' | 'same-as' | 'background'

/** What is done about a row. A disputed row may be tested all the same; that is the better word for it. */
export function stateOf(row: Row, tested: ReadonlySet<string>): State {
  if (tested.has(row.id)) return 'tested'
  if (row.sameAs !== undefined) return 'same-as'
  if (row.excluded !== undefined) return 'excluded'
  if (row.disputed !== undefined) return 'disputed'
  return row.tier === 'background' ? 'background' : 'planned'
}

function lineOf(row: Row, state: State, width: number): string {
  const text = `${row.id.padEnd(10)} ${row.tier.padEnd(10)} ${state.padEnd(10)} ${row.title}`
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

function sums(rows: readonly Row[], tested: ReadonlySet<string>): string {
  const counts = new Map<State, number>()
  for (const row of rows) {
    const state = stateOf(row, tested)
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  const parts = [...counts].map(([state, count]) => `${count} ${state}`)
  return `${rows.length} rows: ${parts.join(', ')}`
}
