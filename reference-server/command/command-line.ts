import { parseArgs } from 'node:util'

export interface Option {
  readonly name: string
  /** What stands for the value in the help; absent for a switch. */
  readonly value?: string
  readonly help: string
}

/** The options that were given, by name; a switch has the empty value. */
export type Flags = ReadonlyMap<string, string>

/** What the user typed is not a command line of ours; the message is for the user. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/**
 * Throws `UsageError` for an unknown option, a missing or superfluous value, or anything that is no option, in the words of
 * the other commands.
 */
export function parseFlags(args: readonly string[], options: readonly Option[]): Flags {
  const config = Object.fromEntries(
    options.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' }] as const),
  )
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, tokens: true })
  const flags = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind !== 'option')
      throw new UsageError(`"${args[token.index]}" is not understood: there are options only`)
    const option = options.find(({ name }) => name === token.name)
    if (option === undefined) throw new UsageError(`${token.rawName} is not an option: see --help`)
    // What begins as an option is one, and not the value of another: `--data-dir --auth` must not lose `--auth`.
    if (option.value !== undefined && (!token.value || token.value.startsWith('--'))) {
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}`)
    }
    if (option.value === undefined && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value`)
    }
    if (flags.has(option.name))
      throw new UsageError(
        `${token.rawName} is given more than once, and means one thing: leave out the others`,
      )
    flags.set(option.name, token.value ?? '')
  }
  return flags
}

/** One line for each option, aligned. */
export function helpOf(options: readonly Option[]): string {
  const rows = options.map(({ name, value, help }) => ({
    flag: `--${name}${value ? ` ${value}` : ''}`,
    help,
  }))
  const width = Math.max(...rows.map(({ flag }) => flag.length))
  return rows.map(({ flag, help }) => `  ${flag.padEnd(width)}  ${help}`).join('\n')
}
