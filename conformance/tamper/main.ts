import type { Io } from '../cli/command.ts'
import { commandHelp } from '../cli/help.ts'
import { parseGiven } from '../cli/parse.ts'
import { UsageError } from '../usage-error.ts'
import { command } from './command.ts'

/** `npm run tamper`: 0 if every alteration is noticed or allowed, 1 if not, 2 for wrong usage. */
async function run(argv: readonly string[]): Promise<number> {
  const io = processIo()
  if (argv.includes('--help') || argv.includes('-h')) {
    io.out(commandHelp(command, 'npm run'))
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

const processIo = (): Io => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  isInteractive: false,
  width: Number.POSITIVE_INFINITY,
  colour: false,
  interrupted: new AbortController().signal,
  cwd: process.cwd(),
})

// What a check that was told otherwise has left behind ends when that check does, and nobody waits for it.
process.on('unhandledRejection', () => {})
process.exit(await run(process.argv.slice(2)))
