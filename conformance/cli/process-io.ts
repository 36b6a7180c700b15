import type { Io } from './command.ts'

const WIDE = 1000

/** The process as a program sees it. */
export function processIo(): Io {
  const { stdout, stderr, env } = process
  const hasColour = stdout.isTTY && !env.NO_COLOR
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    isInteractive: stderr.isTTY === true,
    // A terminal that does not know its width says 0.
    width: stdout.columns || WIDE,
    get progressWidth() {
      return stderr.columns || undefined
    },
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
