import type { RequirementResult, RunResult, Verdict } from './result.ts'

export const name = 'terminal'
export const extension = '.txt'

export interface TerminalOptions {
  readonly width: number
  readonly colour: boolean
}

/** What a person sees at the end of a run: the rows that need eyes, a line each and then in detail, and the sums. */
export function render(result: RunResult, { width, colour }: TerminalOptions): string {
  const paint = colour ? ansi : plain
  const shown = result.results.filter((row) => DETAILED.has(row.verdict) && !wasCutOff(row))
  const detailed = shown.filter(({ verdict }) => verdict !== 'expected' && verdict !== 'warn')
  return [
    ...shown.map((row) => line(row, width, paint)),
    ...(shown.length > 0 ? [''] : []),
    ...detailed.flatMap((row) => [...detail(row, width, paint), '']),
    ...result.stale.map((id) => paint.red(`stale    ${id} passes: take it out of the expectations file`)),
    ...result.notes.map((note) => paint.yellow(`note     ${note}`)),
    ...summary(result, paint),
    '',
  ].join('\n')
}

/** An interrupted run leaves hundreds of these, and nothing to be said about each. */
const wasCutOff = ({ verdict, transcript }: RequirementResult): boolean =>
  verdict === 'inconclusive' && transcript === undefined

const DETAILED: ReadonlySet<Verdict> = new Set<Verdict>(['fail', 'error', 'inconclusive', 'warn', 'expected'])

interface Paint {
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  dim(text: string): string
  bold(text: string): string
}

const same = (text: string): string => text
const plain: Paint = { red: same, yellow: same, green: same, dim: same, bold: same }
const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`
const ansi: Paint = { red: sgr(31), yellow: sgr(33), green: sgr(32), dim: sgr(2), bold: sgr(1) }

const LABELS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  expected: 'expected',
  warn: 'warn',
  fail: 'FAIL',
  inconclusive: 'unclear',
  error: 'ERROR',
  'not-applicable': 'n/a',
  'not-selected': 'skipped',
}

function line(row: RequirementResult, width: number, paint: Paint): string {
  const label = LABELS[row.verdict].padEnd(8)
  const coloured = row.verdict === 'fail' || row.verdict === 'error' ? paint.red(label) : paint.yellow(label)
  const text = `${row.id.padEnd(10)} ${row.title}: ${row.expectation ?? row.reason ?? ''}`
  return `${coloured} ${cut(text, width - 9)}`
}

function detail(row: RequirementResult, width: number, paint: Paint): string[] {
  const head = `${row.id} ${row.title} (${row.level}, ${row.tier})`
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['what', row.what ?? row.reason],
    ['asked', row.asked],
    ['came', row.came],
    ['allowed', row.allowed],
    ['source', row.source],
    ['files', row.files?.join(' ')],
    ['curl', row.curl],
  ]
  return [
    paint.bold(head),
    ...fields.flatMap(([label, text]) => (text === undefined ? [] : field(label, text, width, paint))),
  ]
}

/** A command must stay in one line to be copied; everything else is wrapped. */
function field(label: string, text: string, width: number, paint: Paint): string[] {
  const lines = label === 'curl' ? [text] : wrap(text, Math.max(20, width - 11))
  return lines.map((part, index) => `  ${paint.dim((index === 0 ? label : '').padEnd(8))} ${part}`)
}

function summary(result: RunResult, paint: Paint): string[] {
  const { summary: sums, target, suite } = result
  const run = [
    `${sums.pass} passed`,
    `${sums.fail} failed`,
    ...optional(sums.expected, 'failed as expected'),
    ...optional(sums.warn, 'warned'),
    ...optional(sums.inconclusive, 'inconclusive'),
    ...optional(sums.error, 'errors'),
    ...optional(sums['not-applicable'], 'not applicable'),
    ...optional(sums['not-selected'], 'not selected'),
  ].join(', ')
  const outcome = result.outcome.toUpperCase()
  const verdict = result.outcome === 'conformant' ? paint.green(outcome) : paint.red(outcome)
  const about = `${suite.name} ${suite.version}, profile ${target.profile}, seed ${result.seed}`
  return [
    paint.dim(`${about}, ${(result.ms / 1000).toFixed(1)} s`),
    `${paint.bold(target.endpoint)}: ${run}`,
    paint.bold(verdict),
  ]
}

const optional = (count: number, what: string): string[] => (count === 0 ? [] : [`${count} ${what}`])

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`

/** Breaks between words where it can. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}
