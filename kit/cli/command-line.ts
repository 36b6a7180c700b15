import { S2_CONFIG_OPTION, s2ConfigWords } from '../../client/command/s2-config.ts'
import { safeIo } from '../../client/command/safe-io.ts'
import { applyTrust, TRUST_OPTIONS } from '../../client/command/trust.ts'
import { EndpointError } from '../../client/endpoints.ts'
import { ConformanceFailure, InconclusiveError } from '../../client/failures.ts'
import { LaunchError } from '../../client/launch/launcher.ts'
import { TargetError } from '../../client/target-error.ts'
import { UnusableTargetError } from '../../client/unusable-target.ts'
import { describeError, RunEnded } from '../../conformance/run/judge.ts'
import { UsageError } from '../usage-error.ts'
import { type Command, EXIT, type Given, type Io, type Program } from './command.ts'
import { configWords } from './config-file.ts'
import { commandHelp, programHelp } from './help.ts'
import { parseGiven } from './parse.ts'
import { TIME_LIMIT_OPTION, timeLimitFrom, withTimeLimit } from './time-limit.ts'

/** Runs the command that `argv` names and returns the exit code; whatever goes wrong becomes one sentence on stderr. */
export async function runCommandLine(argv: readonly string[], program: Program, outer: Io): Promise<number> {
  const { commands, version } = program
  const io = safeIo(outer, argv)
  const unwritten = (): readonly string[] => [...io.unwritten.values()]
  const forget = io.leaves?.(() => unwritten().join('; ') || undefined)
  const [name, ...rest] = argv
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(programHelp(program))
    return 0
  }
  if (name === '--version') {
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
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(commandHelp(command, program.name))
      return 0
    }
    const given = await givenOf(command, rest, program, io)
    if (TRUST_OPTIONS.every((option) => command.options.includes(option))) await applyTrust(given, io)
    const seconds = timeLimitOf(command, given)
    return await withTimeLimit(io, program.name, seconds, (limited) => command.run(given, limited))
  } catch (error) {
    const sentence = sentenceFor(error)
    io.err(`${program.name}: ${indented(sentence)}\n`)
    io.annotate?.({ level: 'error', title: program.name, message: sentence })
    return isUsage(error) ? EXIT.usage : EXIT.inconclusive
  } finally {
    forget?.()
    for (const sentence of unwritten()) io.err(`${program.name}: ${sentence}\n`)
  }
}

/** Joins the command line with the files that it names. Throws `UsageError`. */
async function givenOf(
  command: Command,
  argv: readonly string[],
  { commands }: Program,
  io: Io,
): Promise<Given> {
  const words = [...(await configWords(command, argv, commands, io)), ...argv]
  const given = parseGiven(command, words, io.env)
  if (!command.options.includes(S2_CONFIG_OPTION)) return given
  return parseGiven(command, [...words, ...(await s2ConfigWords(given, io))], io.env)
}

/** Throws `UsageError`. */
function timeLimitOf({ options, defaultTimeLimit }: Command, given: Given): number | undefined {
  const text = options.includes(TIME_LIMIT_OPTION) ? given.text(TIME_LIMIT_OPTION.name) : undefined
  return text === undefined ? defaultTimeLimit?.(given) : timeLimitFrom(text)
}

/** What an error repeats of others cannot begin a line. */
const indented = (sentence: string): string => sentence.replaceAll(/\n(?! )/g, '\n  ')

function sentenceFor(error: unknown): string {
  if (error instanceof RunEnded)
    return `${error.message} before anything was judged${error.target === undefined ? '' : ` of ${error.target}`}`
  const isForUser =
    error instanceof UnusableTargetError || error instanceof LaunchError || error instanceof InconclusiveError
  if (isUsage(error) || isForUser) return error.message
  // Commands add what they requested; an error that none of them expected is the target's fault all the same.
  if (error instanceof TargetError || error instanceof ConformanceFailure)
    return `the target failed: ${error.message}`
  return `internal error: ${describeError(error)}`
}

const isUsage = (error: unknown): error is UsageError | EndpointError =>
  error instanceof UsageError || error instanceof EndpointError

function unknownCommand(name: string, { name: program, commands }: Program): string {
  const names = commands.map((command) => command.name).join(', ')
  return `there is no command "${name}". Commands: ${names}; see ${program} --help`
}
