import { styleText } from 'node:util'
import type { Io } from './command.ts'
import { isInWorkflow } from './github.ts'
import { annotationCommand } from './github-commands.ts'
import { createInterruption, type Interruption } from './interruption.ts'

const WIDE = 1000

/** The process as a program sees it. */
export function processIo(): Io {
  const { stdout, stderr, env } = process
  const { interrupted, leaves } = ofProcess()
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    ...(isInWorkflow(env) && { annotate: (annotation) => void stdout.write(annotationCommand(annotation)) }),
    env,
    // A dumb terminal cannot draw over what it has shown.
    isInteractive: stderr.isTTY === true && env.TERM !== 'dumb',
    // A terminal that does not know its width says 0.
    width: stdout.columns || WIDE,
    get progressWidth() {
      return stderr.columns || undefined
    },
    // Node decides, by the terminal, NO_COLOR and FORCE_COLOR.
    colour: styleText('red', '.', { stream: stdout }) !== '.',
    interrupted,
    leaves,
    cwd: process.cwd(),
  }
}

function ofProcess(): Interruption {
  return createInterruption({
    on(name, listener) {
      process.on(name, () => {
        if (name === 'SIGHUP') bearNoTerminal()
        listener()
      })
    },
    err: (text) => void process.stderr.write(text),
    exit: (code) => process.exit(code),
  })
}

/** Nobody reads what is written to a terminal that has gone, and that must not end the clean-up. */
function bearNoTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
