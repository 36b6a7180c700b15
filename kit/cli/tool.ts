import { UsageError } from '../usage-error.ts'
import type { Command, Io } from './command.ts'
import { asksForHelp } from './command-line.ts'
import { commandHelp } from './help.ts'
import { parseGiven } from './parse.ts'

/** A part of `npm run verify`; returns its exit code, which is 2 for wrong usage. */
export async function runTool(command: Command, argv: readonly string[], io: Io = TOOL_IO): Promise<number> {
  if (asksForHelp(argv)) {
    io.out(commandHelp(command, 'npm run verify --'))
    return 0
  }
  try {
    return await command.run(parseGiven(command, argv, io.env), io)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    io.err(`${command.name}: ${error.message}\n`)
    return 2
  }
}

/** Nothing outlives this process, so Ctrl-C may simply end it. */
export const TOOL_IO: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  isInteractive: false,
  width: Number.POSITIVE_INFINITY,
  colour: false,
  interrupted: new AbortController().signal,
  cwd: process.cwd(),
}
