import type { Given, Io } from '../../../kit/cli/command.ts'
import { createGlob } from '../../../kit/glob.ts'
import { howMany } from '../../../kit/text/how-many.ts'
import { UsageError } from '../../../kit/usage-error.ts'
import { catalogue } from '../../catalogue/catalogue.ts'
import { type Coverage, coverage, type State } from '../../catalogue/coverage.ts'
import { judgedRuns } from '../../catalogue/judged.ts'
import { countLine, type LedgerEntry, ledger } from '../../catalogue/ledger.ts'
import type { Row } from '../../catalogue/row.ts'
import { requirements } from '../../requirements/index.ts'

export async function act(given: Given, io: Io): Promise<number> {
  const { stateOf } = coverage(requirements.map(({ id }) => id))
  const globs = [...given.all('only'), ...given.operands].map(createGlob)
  const stray = globs.find((glob) => !catalogue.some(({ id }) => glob.matches(id)))
  if (stray !== undefined) throw new UsageError(`no row of the catalogue has the id "${stray.text}"`)
  const rows = catalogue.filter(({ id }) => globs.length === 0 || globs.some((glob) => glob.matches(id)))
  if (given.flag('coverage')) {
    const ids = new Set(rows.map(({ id }) => id))
    const entries = ledger(requirements).filter(({ row }) => ids.has(row.id))
    io.out(given.flag('json') ? `${JSON.stringify(entries, undefined, 2)}\n` : ledgerText(entries))
    return 0
  }
  if (given.flag('json')) {
    const entries = rows.map((row) => ({ ...row, state: stateOf.get(row.id) }))
    io.out(`${JSON.stringify(entries, undefined, 2)}\n`)
    return 0
  }
  const lines = rows.map((row) => lineOf(row, stateOf.get(row.id) ?? 'planned', io.width))
  io.out([...lines, '', sums(rows, stateOf), ''].join('\n'))
  return 0
}

/** One line for each row, those of an area together; then the runs, and the counts. */
function ledgerText(entries: readonly LedgerEntry[]): string {
  const lines = entries.map(({ row, state, transports, verdicts, why }) => {
    const said = verdicts.map(({ run, verdict }) => `${run}: ${verdict}`).join(', ')
    const about = state === 'tested' || state === 'unjudged' ? `${transports.join(' ')} | ${said}` : why
    return `${row.id.padEnd(10)} ${row.tier.padEnd(10)} ${state.padEnd(10)} ${about ?? ''}`.trimEnd()
  })
  const runs = judgedRuns.map(
    ({ name, profile, seed, started, verdicts }) =>
      `${name}: ${howMany(verdicts.size, 'rows')}, profile ${profile}, seed ${seed}, ${started}`,
  )
  return [...lines, '', ...runs, '', countLine(entries), ''].join('\n')
}

function lineOf(row: Row, state: State, width: number): string {
  const text = `${row.id.padEnd(10)} ${row.tier.padEnd(10)} ${state.padEnd(10)} ${row.title}`
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

function sums(rows: readonly Row[], stateOf: Coverage['stateOf']): string {
  const byState = Map.groupBy(rows, ({ id }) => stateOf.get(id) ?? 'planned')
  const parts = [...byState].map(([state, some]) => `${some.length} ${state}`)
  return `${howMany(rows.length, 'rows')}: ${parts.join(', ')}`
}
