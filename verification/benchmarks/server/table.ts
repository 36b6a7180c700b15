import { type Line, median } from './measurement.ts'

/** What one round gave one line on one server. */
export interface Sample {
  readonly line: Line
  readonly target: string
  readonly value: number
}

/**
 * A row for each line: the reference server's median, then per other server its median and the ratio ours / theirs, taken
 * within each round, as median and lowest to highest. In Markdown.
 */
export function table(samples: readonly Sample[], ours: string, others: readonly string[]): string {
  const header = ['', 'unit', ours, ...others.flatMap((name) => [name, 'ratio'])]
  const lines = new Map(samples.map(({ line }) => [`${line.name} ${line.unit}`, line]))
  const rows = [...lines.values()].map((line) => {
    const own = valuesOf(samples, line, ours)
    const cells = others.flatMap((name) => {
      const theirs = valuesOf(samples, line, name)
      return [figure(median(theirs)), ratios(own, theirs)]
    })
    return [line.name, `${line.unit} ${line.better === 'higher' ? '↑' : '↓'}`, figure(median(own)), ...cells]
  })
  return render([header, header.map(() => '---'), ...rows])
}

const valuesOf = (samples: readonly Sample[], line: Line, target: string): readonly number[] =>
  samples
    .filter(
      (sample) =>
        sample.target === target && sample.line.name === line.name && sample.line.unit === line.unit,
    )
    .map(({ value }) => value)

function ratios(ours: readonly number[], theirs: readonly number[]): string {
  const each = ours.map((own, round) => own / (theirs[round] ?? Number.NaN)).filter(Number.isFinite)
  if (each.length === 0) return '–'
  return `**${figure(median(each))}×** (${figure(Math.min(...each))}–${figure(Math.max(...each))})`
}

/** Three significant digits. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 })
}

function render(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  return rows
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(width(column))).join(' | ')} |`)
    .join('\n')
}
