import { wrap } from '../text/wrap.ts'
import type { Option, Program, Syntax } from './command.ts'

const WIDTH = 80
/** Longer names stand on a line of their own, above their text. */
const MAX_NAME_WIDTH = 30

export function programHelp({ name: program, about, commands, exitCodes }: Program): string {
  return [
    ...wrap(`${program}: ${about}`, WIDTH),
    '',
    'Commands:',
    ...table(commands.map(({ name, summary }) => [name, summary])),
    '',
    ...wrap(`"${program} COMMAND --help" prints the options of a command.`, WIDTH),
    ...wrap(`"${program} --version" prints the version.`, WIDTH),
    ...wrap(`Exit codes: ${exitCodes}.`, WIDTH),
    '',
  ].join('\n')
}

/** `program` is what precedes the command's name; empty for a program that is one command. */
export function commandHelp(command: Syntax, program: string): string {
  const { name, operands, summary, options, examples, exitCodes } = command
  const before = program === '' ? '' : `${program} `
  const groups = Map.groupBy(options, ({ group }) => group ?? 'Options')
  const rowsOf = (group: readonly Option[]): Row[] =>
    group.map((option) => [headOf(option), `${option.help}${notes(option)}`])
  const width = nameWidth(rowsOf(options))
  return [
    `${before}${name}${operands === undefined ? '' : ` ${operands}`} [options]`,
    ...wrap(summary, WIDTH),
    ...[...groups].flatMap(([title, group]) => ['', `${title}:`, ...table(rowsOf(group), width)]),
    '',
    'Examples:',
    ...examples.map((example) => `  ${before}${example}`),
    ...(exitCodes === undefined ? [] : ['', ...wrap(`Exit codes: ${exitCodes}.`, WIDTH)]),
    '',
  ].join('\n')
}

type Row = readonly [name: string, text: string]

/** Two columns, the second one wrapped. */
export function table(rows: readonly Row[], width: number = nameWidth(rows)): readonly string[] {
  const indent = ' '.repeat(width + 4)
  return rows.flatMap(([name, text]) => {
    const [first = '', ...others] = wrap(`${indent}${text}`, WIDTH)
    const head = `  ${name}`
    return name.length > width
      ? [head, first, ...others]
      : [head.padEnd(indent.length) + first.slice(indent.length), ...others]
  })
}

const nameWidth = (rows: readonly Row[]): number =>
  Math.max(0, ...rows.map(([name]) => name.length).filter((length) => length <= MAX_NAME_WIDTH))

const headOf = ({ name, value }: Option): string => `--${name}${value === undefined ? '' : ` ${value}`}`

function notes(option: Option): string {
  const parts = [
    ...(option.default === undefined ? [] : [`default ${option.default}`]),
    ...(option.env === undefined ? [] : [`or ${option.env}`]),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}
