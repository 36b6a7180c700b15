import type { Io } from '../cli/command.ts'
import { commandHelp } from '../cli/help.ts'
import { parseGiven } from '../cli/parse.ts'
import { UsageError } from '../usage-error.ts'
import { command } from './command.ts'

/** `npm run defects`: 0 if every defect is killed and the healthy server is accused of nothing, 1 if not, 2 for wrong usage. */
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

/** Nothing outlives this process, so Ctrl-C may simply end it. */
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

// Every run listens for what nobody caught, and all that wait in virtual time are under way at once.
process.setMaxListeners(0)

// What a broken server has left behind, such as the timer of a client that it gave up, is not waited for.
process.exit(await run(process.argv.slice(2)))
