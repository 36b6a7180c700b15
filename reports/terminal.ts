import { styleText } from 'node:util'
import { howMany } from '../kit/text/how-many.ts'
import { plain as harmless, oneLine } from '../kit/text/plain.ts'
import { wrap } from '../kit/text/wrap.ts'
import { sums } from './counts.ts'
import { type Field, fieldsOf } from './fields.ts'
import { reproduceCommand } from './reproduce.ts'
import type { RequirementResult, RunResult, Verdict } from './result.ts'

export const name = 'terminal'
export const extension = '.txt'

export interface TerminalOptions {
  readonly width: number
  readonly colour: boolean
}

/** Columns of the longest label, `reproduce`. */
const LABEL_WIDTH = 9

/** Renders a run for a terminal: forgiven rows and warnings in a line each, then failed rows in detail, then the counts. */
export function render(result: RunResult, options: TerminalOptions): string {
  const { width, colour } = options
  const paint = colour ? ansi : plain
  const { brief, detailed, cutOff } = sort(result.results)
  return [
    ...brief.map((row) => line(row, width, paint)),
    ...(brief.length > 0 ? [`${paint.dim('reproduce')} ${harmless(againOfAll(result, brief))}`] : []),
    ...[...cutOff].map(([label, ids]) =>
      paint.yellow(cut(`${label} ${howMany(ids.length, 'rows')}: ${ids.join(' ')}`, width)),
    ),
    ...(brief.length + cutOff.size > 0 ? [''] : []),
    ...detailed.flatMap((row) => [...detail(result, row, options, paint), '']),
    ...result.stale.map((id) =>
      paint.red(`${'stale'.padEnd(LABEL_WIDTH)} ${id} passes: remove it from the expectations file`),
    ),
    ...result.notes.map((note) => paint.yellow(`${'note'.padEnd(LABEL_WIDTH)} ${oneLine(note)}`)),
    ...summary(result, paint),
    '',
  ].join('\n')
}

const againOfAll = (result: RunResult, rows: readonly RequirementResult[]): string =>
  reproduceCommand(result, { id: rows.map(({ id }) => id).join(' ') })

interface Sorted {
  /** A line each. */
  readonly brief: readonly RequirementResult[]
  readonly detailed: readonly RequirementResult[]
  /** By what became of them; an interrupted run leaves hundreds, and there is nothing to be said about each. */
  readonly cutOff: ReadonlyMap<string, readonly string[]>
}

function sort(rows: readonly RequirementResult[]): Sorted {
  const isCutOff = ({ verdict, transcript }: RequirementResult): boolean =>
    verdict === 'not-run' || (verdict === 'inconclusive' && transcript === undefined)
  const cutOff = new Map<string, string[]>()
  for (const row of rows.filter(isCutOff)) {
    const label = LABELS[row.verdict].padEnd(LABEL_WIDTH)
    cutOff.set(label, [...(cutOff.get(label) ?? []), row.id])
  }
  return {
    brief: rows.filter(({ verdict }) => verdict === 'warn' || verdict === 'expected'),
    detailed: rows.filter((row) => DETAILED.has(row.verdict) && !isCutOff(row)),
    cutOff,
  }
}

const DETAILED: ReadonlySet<Verdict> = new Set<Verdict>(['fail', 'error', 'inconclusive'])

interface Paint {
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  dim(text: string): string
  bold(text: string): string
}

const same = (text: string): string => text
const plain: Paint = { red: same, yellow: same, green: same, dim: same, bold: same }
// The caller decides whether to colour.
const styled = (style: keyof Paint) => (text: string) => styleText(style, text, { validateStream: false })
const ansi: Paint = {
  red: styled('red'),
  yellow: styled('yellow'),
  green: styled('green'),
  dim: styled('dim'),
  bold: styled('bold'),
}

const LABELS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  expected: 'expected',
  warn: 'warn',
  fail: 'FAIL',
  inconclusive: 'inconclusive',
  error: 'ERROR',
  'not-applicable': 'n/a',
  'not-run': 'not run',
  'not-selected': 'skipped',
}

function line(row: RequirementResult, width: number, paint: Paint): string {
  const text = `${row.id.padEnd(10)} ${row.title}: ${row.expectation ?? row.reason ?? ''}`
  return `${label(row, paint)} ${cut(oneLine(text), width - LABEL_WIDTH - 1)}`
}

function label({ verdict }: RequirementResult, paint: Paint): string {
  const text = LABELS[verdict].padEnd(LABEL_WIDTH)
  return verdict === 'fail' || verdict === 'error' ? paint.red(text) : paint.yellow(text)
}

function detail(
  result: RunResult,
  row: RequirementResult,
  { width }: TerminalOptions,
  paint: Paint,
): string[] {
  const head = `${row.id} ${row.title} (${row.level}, ${row.tier})`
  const room = Math.max(20, width - LABEL_WIDTH - 3)
  return [
    `${label(row, paint)} ${paint.bold(head)}`,
    ...fieldsOf(result, row, room).flatMap((own) => field(own, room, paint)),
  ]
}

/** Each line of a sentence is wrapped by itself. */
function field({ label, text, kind }: Field, room: number, paint: Paint): string[] {
  const own = kind === 'command' ? [harmless(text)] : harmless(text).split('\n')
  const lines = kind === 'prose' ? own.flatMap((line) => wrap(line, room)) : own
  return lines.map((part, index) => `  ${paint.dim((index === 0 ? label : '').padEnd(LABEL_WIDTH))} ${part}`)
}

function summary(result: RunResult, paint: Paint): string[] {
  const { target, suite } = result
  // Without a reason this is puzzling where all that was judged is listed as expected.
  const hasOnlyExpected = result.outcome === 'inconclusive' && result.summary.pass === 0
  const outcome = `${result.outcome.toUpperCase()}${hasOnlyExpected ? ': nothing passed' : ''}`
  const verdict = result.outcome === 'conformant' ? paint.green(outcome) : paint.red(outcome)
  const about = `${suite.name} ${suite.version}, profile ${target.profile}, seed ${result.seed}`
  return [
    paint.dim(`${about}, ${(result.ms / 1000).toFixed(1)} s`),
    `${paint.bold(oneLine(target.endpoint))}: ${sums(result)}`,
    paint.bold(verdict),
  ]
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
