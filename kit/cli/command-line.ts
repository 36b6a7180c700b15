import { describeError } from '../message-of.ts'
import { nearest } from '../text/nearest.ts'
import { UsageError } from '../usage-error.ts'
import { UserError } from '../user-error.ts'
import { type Command, EXIT, type Given, type Io, type Program, takes } from './command.ts'
import { configWords } from './config-file.ts'
import { commandHelp, programHelp } from './help.ts'
import { parseGiven } from './parse.ts'
import { TIME_LIMIT_OPTION, timeLimitFrom, withTimeLimit } from './time-limit.ts'

/** Runs the command that `argv` names and returns the exit code; whatever goes wrong becomes one sentence on stderr. */
export async function runCommandLine(argv: readonly string[], program: Program, outer: Io): Promise<number> {
  const { commands, version } = program
  const io = program.filter(outer, argv, program.name)
  const unwritten = (): readonly string[] => [...(io.unwritten?.values() ?? [])]
  const forget = io.leaves?.(() => unwritten().join('; ') || undefined)
  const [first, ...others] = argv
  // `help run` is `run --help`.
  const isHelpOf = first === 'help' && others.length > 0
  const [name, ...rest] = isHelpOf ? [...others, '--help'] : argv
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(programHelp(program))
    return 0
  }
  if (name === '--version' || name === '-V') {
    io.out(`${version}\n`)
    return 0
  }
  if (name === undefined) {
    io.err(programHelp(program))
    return EXIT.usage
  }
  try {
    const command = commands.find((candidate) => candidate.name === name)
    if (command === undefined) throw new UsageError(unknownCommand(name, program))
    if (asksForHelp(rest)) {
      io.out(commandHelp(command, program.name))
      return 0
    }
    const given = await givenOf(command, rest, program, io)
    await program.prepare(command, given, io)
    const seconds = timeLimitOf(command, given)
    return await withTimeLimit(io, program.name, seconds, (limited) => command.run(given, limited))
  } catch (error) {
    const sentence = sentenceFor(error)
    io.err(`${program.name}: ${indented(sentence)}\n`)
    io.annotate?.({ level: 'error', title: program.name, message: sentence })
    return error instanceof UserError ? error.exitCode : EXIT.inconclusive
  } finally {
    forget?.()
    for (const sentence of unwritten()) io.err(`${program.name}: ${sentence}\n`)
  }
}

/** Whatever else is wrong with a command line, whoever wants help gets it. */
export function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return (end === -1 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

/** Joins the command line with the files that it names. Throws `UsageError`. */
async function givenOf(
  command: Command,
  argv: readonly string[],
  { commands, moreWords }: Program,
  io: Io,
): Promise<Given> {
  const words = [...(await configWords(command, argv, commands, io)), ...argv]
  const given = parseGiven(command, words, io.env)
  const more = await moreWords(command, given, io)
  return more.length === 0 ? given : parseGiven(command, [...words, ...more], io.env)
}

/** Throws `UsageError`. */
function timeLimitOf(command: Command, given: Given): number | undefined {
  const text = takes(command, TIME_LIMIT_OPTION) ? given.text(TIME_LIMIT_OPTION.name) : undefined
  return text === undefined ? command.defaultTimeLimit?.(given) : timeLimitFrom(text)
}

/** What an error repeats of others cannot begin a line. */
const indented = (sentence: string): string => sentence.replaceAll(/\n(?! )/g, '\n  ')

const sentenceFor = (error: unknown): string =>
  error instanceof UserError ? error.sentence() : `internal error: ${describeError(error)}`

function unknownCommand(name: string, { name: program, commands }: Program): string {
  const names = commands.map((command) => command.name)
  const near = nearest(name, names)
  const advice = near === undefined ? `Commands: ${names.join(', ')}; see` : `Did you mean ${near}? See`
  return `there is no command "${name}". ${advice} ${program} --help`
}
