import type { Command, Io } from './cli/command.ts'
import { runCommandLine } from './cli/command-line.ts'
import { checkHistory } from './commands/check-history.ts'
import { diff } from './commands/diff.ts'
import { durability } from './commands/durability.ts'
import { history } from './commands/history.ts'
import { list } from './commands/list.ts'
import { replay } from './commands/replay.ts'
import { run as runCommand } from './commands/run.ts'
import { VERSION } from './version.ts'

export const COMMANDS: readonly Command[] = [
  runCommand,
  list,
  replay,
  diff,
  history,
  checkHistory,
  durability,
]

/** The command `s2-conformance`: joins the command line with the process. Resolves to the exit code. */
export function run(args: readonly string[], io: Io = processIo()): Promise<number> {
  return runCommandLine(args, COMMANDS, VERSION, io)
}

const WIDE = 1000

function processIo(): Io {
  const { stdout, stderr, env } = process
  const hasColour = stdout.isTTY && !env.NO_COLOR
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    isInteractive: stderr.isTTY === true,
    // A terminal that does not know its width says 0.
    width: stdout.columns || WIDE,
    colour: hasColour,
    interrupted: onInterrupt(),
    cwd: process.cwd(),
  }
}

/** The first Ctrl-C ends the run in good order, the second one ends the process. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130)
      process.stderr.write('\nstopping and cleaning up; once more to quit at once\n')
      controller.abort()
    })
  }
  return controller.signal
}
