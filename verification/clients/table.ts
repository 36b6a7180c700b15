import { faultsOf, type Report } from './judge.ts'

/** The table of all clients, what is to be said below it, and as the last line `N passed, N failed`. */
export function renderTable(reports: readonly Report[]): string {
  const rows = [HEADINGS, ...reports.map(rowOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => align(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  )
  const passed = reports.reduce((sum, report) => sum + (report.kind === 'ran' ? report.verdict.passed : 0), 0)
  const failed = reports.reduce((sum, report) => sum + faultsOf(report), 0)
  return [...lines, ...reports.flatMap(notesOf), '', `${passed} passed, ${failed} failed`].join('\n')
}

const HEADINGS = ['client', 'server', 'passed', 'failed', 'known', 'skipped', '']

const align = (cell: string, width: number, column: number): string =>
  column < 2 || column === HEADINGS.length - 1 ? cell.padEnd(width) : cell.padStart(width)

function rowOf(report: Report): readonly string[] {
  if (report.kind === 'skipped')
    return [report.title, report.setup, '-', '-', '-', '-', `not run: ${report.reason}`]
  if (report.kind === 'broken') return [report.title, report.setup, '-', '1', '-', '-', 'could not be run']
  const { passed, known, skipped } = report.verdict
  const counts = [passed, faultsOf(report), known.length, skipped.length].map(String)
  return [report.title, report.setup, ...counts, `${report.seconds.toFixed(0)} s`]
}

function notesOf(report: Report): readonly string[] {
  const where = `${report.title} (${report.setup})`
  if (report.kind === 'skipped') return []
  if (report.kind === 'broken') return ['', `BROKEN ${where}`, indent(report.reason)]
  const { failed, known, skipped, stale } = report.verdict
  return [
    ...failed.flatMap(({ test, output }) => ['', `FAILED ${where}: ${test}`, indent(lastLines(output))]),
    ...stale.flatMap(({ test, reason }) => [
      '',
      `STALE ${where}: ${test} no longer fails as it did`,
      indent(reason),
    ]),
    ...known.flatMap(({ result, reason }) => ['', `KNOWN ${where}: ${result.test}`, indent(reason)]),
    ...skipped.flatMap(({ test, output }) => ['', `SKIPPED ${where}: ${test}`, indent(lastLines(output))]),
  ]
}

const MAX_LINES = 30

const lastLines = (output: string): string => output.split('\n').slice(-MAX_LINES).join('\n')

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
