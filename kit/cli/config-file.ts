import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { assignedSecrets } from '../hide-assignments.ts'
import { systemReason } from '../message-of.ts'
import { nearest } from '../text/nearest.ts'
import { UsageError } from '../usage-error.ts'
import { type Command, type Io, type Option, takes } from './command.ts'
import { optionNames } from './parse.ts'

/** The option of every command that reads the configuration file. */
export const CONFIG_OPTION: Option = {
  name: 'config',
  value: 'FILE',
  help: 'read options from this YAML file; otherwise from s2-conformance.yaml in the current directory, if there is one',
}

const DEFAULT_FILE = 's2-conformance.yaml'

/** Options of which one replaces the others: a target on the command line replaces the target of the file. */
const TARGET: ReadonlySet<string> = new Set([
  'endpoint',
  'account-endpoint',
  'basin-endpoint',
  's2-config',
  'launch',
  'container',
])

/**
 * Returns the options of the configuration file as words of a command line. Options that `argv` gives itself are left out.
 * Top-level keys are options of any of the commands; the key of a command holds options for that command, which replace
 * those of the top level. Prints the file's name if it gives an option. Throws `UsageError`.
 */
export async function configWords(
  command: Command,
  argv: readonly string[],
  commands: readonly Command[],
  io: Pick<Io, 'cwd' | 'err' | 'secrets'>,
): Promise<readonly string[]> {
  if (!takes(command, CONFIG_OPTION)) return []
  const given = optionNames(command, argv)
  const file = await readConfig(given.get(CONFIG_OPTION.name), io.cwd)
  if (file === undefined) return []
  const configurable = commands.filter((command) => takes(command, CONFIG_OPTION))
  const values = valuesFor(command, file, configurable)
  const replaced = [...given.keys()].some((name) => TARGET.has(name)) ? TARGET : new Set<string>()
  const taken = [...values].filter(([name]) => !given.has(name) && !replaced.has(name))
  const words = taken.flatMap(([name, value]) => wordsOf(name, value, file.name))
  for (const secret of words.flatMap(assignedSecrets)) io.secrets?.learn(secret)
  if (words.length > 0) io.err(`options from ${file.name}: ${taken.map(([name]) => name).join(', ')}\n`)
  return words
}

interface ConfigFile {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

async function readConfig(path: string | undefined, cwd: string): Promise<ConfigFile | undefined> {
  const name = path ?? DEFAULT_FILE
  let text: string
  try {
    text = await readFile(resolve(cwd, name), 'utf8')
  } catch (error) {
    if (path === undefined && isMissing(error)) return undefined
    throw new UsageError(`${name} cannot be read: ${systemReason(error)}`)
  }
  // Loaded only where it is used: commands start faster.
  const { parseDocument } = await import('yaml')
  const document = parseDocument(text)
  const [mistake] = document.errors
  if (mistake !== undefined) throw new UsageError(`${name} is not valid YAML: ${mistake.message}`)
  const values: unknown = document.toJS() ?? {}
  if (!isMapping(values))
    throw new UsageError(`${name} must be a mapping of options, such as "profile: s2-lite"`)
  return { name, values }
}

/** Checks the whole file, the sections of other commands too. Throws `UsageError`. */
function valuesFor(
  command: Command,
  { name: file, values }: ConfigFile,
  commands: readonly Command[],
): ReadonlyMap<string, unknown> {
  const chosen = new Map<string, unknown>()
  const sections = commands.filter(({ name }) => Object.hasOwn(values, name))
  for (const [key, value] of Object.entries(values)) {
    if (sections.some(({ name }) => name === key)) continue
    if (!commands.some((each) => hasOption(each, key))) throw unknownKey(file, key, commands)
    if (hasOption(command, key)) chosen.set(key, value)
  }
  for (const section of sections) {
    const own = sectionOf(section, file, values[section.name])
    if (section === command) for (const [key, value] of own) chosen.set(key, value)
  }
  return chosen
}

function sectionOf(
  command: Command,
  file: string,
  section: unknown,
): readonly (readonly [string, unknown])[] {
  const { name } = command
  if (!isMapping(section)) throw new UsageError(`${file}: "${name}" must be a mapping of options`)
  const unknown = Object.keys(section).find((key) => !hasOption(command, key))
  if (unknown !== undefined) {
    const near = nearest(unknown, keysOf([command]))
    const advice = near === undefined ? 'see' : `did you mean "${near}"? See`
    throw new UsageError(
      `${file}: "${unknown}" is not an option of ${name}: ${advice} s2-conformance ${name} --help`,
    )
  }
  return Object.entries(section)
}

function unknownKey(file: string, key: string, commands: readonly Command[]): UsageError {
  const names = commands.map(({ name }) => name)
  const near = nearest(key, [...names, ...keysOf(commands)])
  const advice = near === undefined ? '' : `: did you mean "${near}"?`
  return new UsageError(
    `${file}: "${key}" is neither an option nor one of the commands ${names.join(', ')}${advice}`,
  )
}

const keysOf = (commands: readonly Command[]): readonly string[] =>
  commands
    .flatMap(({ options }) => options.map(({ name }) => name))
    .filter((name) => name !== CONFIG_OPTION.name)

const hasOption = ({ options }: Command, name: string): boolean =>
  name !== CONFIG_OPTION.name && options.some((option) => option.name === name)

/** `--name=value` for each value, `--name` for a switch that is on. Types and limits are checked by the command line. */
function wordsOf(name: string, value: unknown, file: string): readonly string[] {
  if (value === true) return [`--${name}`]
  if (value === false) return []
  return (Array.isArray(value) ? value : [value]).map((each: unknown) => {
    if (typeof each === 'string' || typeof each === 'number') return `--${name}=${each}`
    throw new UsageError(`${file}: "${name}" must be a text, a number, true or false, or a list of texts`)
  })
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
