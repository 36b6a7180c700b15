import { catalogue } from '../catalogue/catalogue.ts'
import { type Coverage, coverage, type State } from '../catalogue/coverage.ts'
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
    const { stateOf } = coverage(requirements.map(({ id }) => id))
    const globs = given.operands.map(createGlob)
    const stray = globs.find((glob) => !catalogue.some(({ id }) => glob.matches(id)))
    if (stray !== undefined) throw new UsageError(`no row of the catalogue has the id "${stray.text}"`)
    const rows = catalogue.filter(({ id }) => globs.length === 0 || globs.some((glob) => glob.matches(id)))
    if (given.flag('json')) {
      const entries = rows.map((row) => ({ ...row, state: stateOf.get(row.id) }))
      io.out(`${JSON.stringify(entries, undefined, 2)}\n`)
      return 0
    }
    const lines = rows.map((row) => lineOf(row, stateOf.get(row.id) ?? 'planned', io.width))
    io.out([...lines, '', sums(rows, stateOf), ''].join('\n'))
    return 0
  },
}

function lineOf(row: Row, state: State, width: number): string {
  const text = `${row.id.padEnd(10)} ${row.tier.padEnd(10)} ${state.padEnd(10)} ${row.title}`
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

function sums(rows: readonly Row[], stateOf: Coverage['stateOf']): string {
  const byState = Map.groupBy(rows, ({ id }) => stateOf.get(id) ?? 'planned')
  const parts = [...byState].map(([state, some]) => `${some.length} ${state}`)
  return `${rows.length} rows: ${parts.join(', ')}`
}
