import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nearest } from '../text/nearest.ts'
import { UsageError } from '../usage-error.ts'
import type { Given, Io, Option, Syntax } from './command.ts'

/** Throws `UsageError` for an option that does not exist, lacks its value or has one it should not have. */
export function parseGiven(command: Syntax, argv: readonly string[], env: Io['env']): Given {
  const { values, positionals } = parse(command, argv)
  const [operand] = positionals
  if (operand !== undefined && command.operands === undefined) {
    const isServer = operand.includes('://') && command.options.some(({ name }) => name === 'endpoint')
    const advice = isServer ? 'give a server with --endpoint' : `${command.name} takes options only`
    throw new UsageError(`"${operand}" is not understood: ${advice}`)
  }
  const all = (name: string): readonly string[] => {
    const given = values[name] ?? []
    return given.length > 0 ? given : fallback(optionOf(command, name), env)
  }
  return {
    all,
    text: (name) => all(name).at(-1),
    flag: (name) => (values[name] ?? []).length > 0,
    operands: positionals,
  }
}

/** Returns the names of the options in `argv` that the command has, each with its last value. Checks nothing. */
export function optionNames(
  command: Syntax,
  argv: readonly string[],
): ReadonlyMap<string, string | undefined> {
  const known = new Set(command.options.map(({ name }) => name))
  const names = new Map<string, string | undefined>()
  for (const token of tokensOf(command, argv))
    if (token.kind === 'option' && known.has(token.name)) names.set(token.name, token.value)
  return names
}

interface Parsed {
  readonly values: Readonly<Record<string, readonly string[] | undefined>>
  readonly positionals: readonly string[]
}

function parse(command: Syntax, argv: readonly string[]): Parsed {
  const known = new Map(command.options.map((option) => [option.name, option]))
  const values: Record<string, string[]> = {}
  const positionals: string[] = []
  for (const token of tokensOf(command, argv)) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const option = known.get(name)
    if (option === undefined) throw unknownOption(rawName, command)
    checkValue(option, rawName, value)
    const list = values[name] ?? []
    // A result may be written to several files.
    if (list.length > 0 && option.multiple !== true && option.isOutput !== true)
      throw new UsageError(`${rawName} is given more than once, and means one thing: leave out the others`)
    list.push(value ?? '')
    values[name] = list
  }
  checkOutputs(command, values)
  return { values, positionals }
}

function unknownOption(rawName: string, { name: command, options }: Syntax): UsageError {
  const near = nearest(
    rawName.replace(/^-+/, ''),
    options.map(({ name }) => name),
  )
  const advice = near === undefined ? 'see --help' : `did you mean --${near}? See --help`
  return new UsageError(`${rawName} is not an option of ${command}: ${advice}`)
}

// Not strict: `parse` checks instead, with messages that name what is accepted.
const tokensOf = (command: Syntax, argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      command.options.map(({ name, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' } as const,
      ]),
    ),
  }).tokens

/** Two results in one file are one result less, and `-` is the name of a file. */
function checkOutputs({ options }: Syntax, values: Parsed['values']): void {
  const taken = new Map<string, string>()
  for (const { name, isOutput } of options) {
    for (const path of isOutput ? (values[name] ?? []) : []) {
      if (path === '-')
        throw new UsageError(
          `--${name}: "-" is no file: give a path, such as /dev/stdout for standard output`,
        )
      const whole = resolve(path)
      const other = taken.get(whole)
      if (other !== undefined)
        throw new UsageError(`--${other} and --${name} both write ${path}: give each a file of its own`)
      // What is written to a device is not overwritten.
      if (!whole.startsWith('/dev/')) taken.set(whole, name)
    }
  }
}

function checkValue(option: Option, rawName: string, value: string | undefined): void {
  const wantsValue = option.value !== undefined
  if (wantsValue && (value === undefined || value === '' || value.startsWith('--'))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}`)
  }
  if (!wantsValue && value !== undefined) throw new UsageError(`${rawName} takes no value`)
}

function fallback(option: Option, env: Io['env']): readonly string[] {
  const value = (option.env === undefined ? undefined : env[option.env]) || option.default
  return value === undefined ? [] : [value]
}

function optionOf(command: Syntax, name: string): Option {
  const option = command.options.find((candidate) => candidate.name === name)
  if (option === undefined) throw new Error(`${command.name} has no option ${name}`)
  return option
}
