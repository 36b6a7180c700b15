import type { Command, Option, Program } from './command.ts'

export function programHelp({ name: program, about, commands, exitCodes }: Program): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    `${program}: ${about}`,
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `"${program} COMMAND --help" tells more; "${program} --version" the version.`,
    `Exit codes: ${exitCodes}.`,
    '',
  ].join('\n')
}

/** `program` is what precedes the command's name. */
export function commandHelp(command: Command, program: string): string {
  const heads = command.options.map(headOf)
  const width = Math.max(...heads.map((head) => head.length))
  return [
    `${program} ${command.name}${command.operands === undefined ? '' : ` ${command.operands}`} [options]`,
    command.summary,
    '',
    'Options:',
    ...command.options.map(
      (option, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${option.help}${notes(option)}`,
    ),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${program} ${example}`),
    '',
  ].join('\n')
}

const headOf = ({ name, value }: Option): string => `--${name}${value === undefined ? '' : ` ${value}`}`

function notes(option: Option): string {
  const parts = [
    ...(option.default === undefined ? [] : [`default ${option.default}`]),
    ...(option.env === undefined ? [] : [`or ${option.env}`]),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}
